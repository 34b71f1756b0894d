"""Verbs and small words: irregular forms, what a verb tells of a change, and what says nothing of a subject."""

# ruff: noqa: E501, SIM905 -- words read better in a row than as literals

from __future__ import annotations

IRREGULAR = {form: base for base, *forms in map(str.split, """
    send sent
    keep kept
    hold held
    build built
    meet met
    run ran
    take took taken
    leave left
    go went gone goes
    write wrote written
    choose chose chosen
    buy bought
    pay paid
    sell sold
    teach taught
    think thought
    tell told
    say said
    freeze froze frozen
    grow grew grown
    give gave given
    lead led
    eat ate eaten
    drink drank drunk
    drive drove driven
    fly flew flown
    speak spoke spoken
    rise rose risen
    rewrite rewrote rewritten
    migrate ported
    fall fell fallen
    lose lost
    win won
    begin began begun
    stand stood
    sit sat
    sleep slept
    teach taught
    bring brought
    draw drew drawn
    break broke broken
    wake woke woken
    wear wore worn
    become became
    do does did done
    have has had
    make made
    get got gotten
    come came
    feel felt
    know knew known
    person people
    child children
    man men
    woman women
    explain explanation
    decide decision
    describe description
    retain retention
    receive receipt
    subscribe subscription
    maintain maintenance
    develop dev devs development
    relocate relocation
    analyse analysis
    lend lent
    hide hid hidden
    shut shut
    rebuild rebuilt
    foot feet
""".strip().splitlines()) for form in forms}  # fmt: skip

VERBS = frozenset("""
    use need require want prefer like love hate live work run go come send keep store hold host serve deploy ship release
    build write read make create meet start begin end finish stop close open own lead maintain handle manage oversee
    review approve check test merge squash rebase commit push pull cost pay charge bill sell buy order deliver return
    accept allow permit forbid ban support log track pin lock rotate expire last take get give hand move shift switch
    change migrate swap replace rename call name bump raise lower increase decrease cut reduce double drop remove delete
    retire deprecate kill cancel postpone delay push reschedule slip extend shorten upgrade downgrade update set turn
    enable disable activate deactivate add join quit leave lose hire fire promote report belong sit stand park land fly
    depart arrive teach learn study speak talk chat eat drink cook bake feed walk swim ride drive train play weigh
    measure hire skip ignore parse return respond answer reply emit expose listen bind connect point route redirect cache
    index rebuild refresh sync poll retry time fail pass break fix mend crash block lift freeze unfreeze ask tell say
    think believe hope plan decide agree settle choose pick adopt stick happen occur contain include have be do become
    stay remain see look seem appear expect assume cap limit restrict upload download import export back restore monitor
    alert page notify email wake sleep relocate transfer assign reassign belong produce generate render compile target
    rely depend share invite attend visit book rebook renew subscribe unsubscribe file submit publish post print wear
    grow shrink exceed format lint type explain describe answer collect pick gather clean wash water mow fetch hold
    introduce revert roll ditch scrap abandon discontinue lapse resume pause hang mount wire bring carry put place mark
    treat consume license encrypt sign verify validate authenticate authorize grant revoke split combine turn convert
""".split())  # fmt: skip
AUXILIARIES = frozenset(
    "is are was were am be been being 's 're 'm isn't aren't wasn't weren't has have had will would shall should can"
    " could may might must do does did won't wouldn't can't cannot couldn't don't doesn't didn't hasn't haven't"
    " hadn't shouldn't mustn't needn't gets got get ain't =".split()
)
COPULAS = frozenset("is are was were am be been being 's 're 'm isn't aren't wasn't weren't ain't = equals".split())
PREPOSITIONS = frozenset(
    "in on at to for of by with from via through into onto over under per about as until till since after before"
    " during within without against towards toward between behind near inside outside out off up down than across"
    " around upon regarding concerning including except unless beside besides next out-of past".split()
)
TOPICAL = frozenset("for of about per regarding concerning on-behalf".split())
"""Prepositions that name what something is said of, rather than what is said."""
EMPTY = frozenset(
    "a an the this that these those it its it's there here he she they them him her his hers their theirs you your"
    " yours our ours us we my mine some any each all both such own one's s t re ve ll d m and or but so then if when"
    " while because also too just only already even still yet very quite really much many more most less least lot"
    " lots bit few now currently today nowadays anymore again ever never always usually normally generally typically"
    " often sometimes actually basically finally meanwhile instead rather please ok okay well oh hey btw fyi ps note"
    " update correction reminder btw turns turned out everyone everybody someone somebody anybody nobody thing things"
    " stuff way kind sort parts days moment beginning end bit which who whom whose what where how"
    " why not no nor than longer any-more about around roughly approximately approx exactly least most until till up"
    " down over under is are was were am be been being do does did have has had will would shall should can could may"
    " might must get gets got let lets 's 're 'm 've 'll 'd i me mine myself etc per else other others another"
    " plain simple simply completely entirely fully totally instead officially definitely apparently mind want wants"
    " wanted new old current former previous latest as-of team's yesterday today tonight last this next".split()
)
"""Words that say nothing of what a sentence is about."""
LIGHT = frozenset(
    "go make take come put set keep give do run have need use happen work change move shift switch begin end say"
    " agree decide must want see stay remain become call date value default total currently base overall main"
    " policy rule setting number".split()
)
"""Words that stand in so many sentences that they count a third."""

MANY = frozenset("""
    drink eat speak like love hate want visit travel know buy read watch play learn support write fix add attend meet
    talk call see find try test help ask discuss mention notice add invite own-pet grow collect study teach sing
    contain include block allow support expose require emit log provide ignore skip hire give
    contain include offer sell accept recommend suggest enjoy need go
""".split())  # fmt: skip
"""Verbs of which one subject commonly has several objects at once."""

CHANGES = frozenset(
    "move shift switch change migrate swap replace rename bump raise rise lower increase decrease cut reduce double halve"
    " drop postpone delay reschedule slip extend shorten upgrade downgrade update relocate transfer reassign rebook"
    " convert rewrite revert rise climb shrink trim tighten loosen relax adjust amend revise bring become turn"
    " renegotiate partition repartition dial scale supersede succeed promote redo overhaul hand pass take-over widen expand fall rebrand port"
    " retitle reword adopt transition reassess settle bump-up moved prolong correct advance jump".split()
)
ENDS = frozenset(
    "drop remove retire deprecate kill cancel quit stop ditch scrap abandon discontinue lapse lift revoke abolish resign"
    " decommission sunset axe delete cease finish terminate leave uninstall shut dissolve undo repeal scratch reject"
    " retract withdraw disband eliminate close expire wind purge nuke bin toss forget".split()
)
NOW = frozenset("now nowadays currently anymore any-longer again henceforth meanwhile presently newly instead".split())
NEGATIONS = frozenset(
    "not no never none nobody without isn't aren't wasn't weren't don't doesn't didn't won't can't cannot couldn't"
    " shouldn't hasn't haven't hadn't mustn't wouldn't needn't ain't neither nor unsupported nothing".split()
)
FEMALE_MALE_TITLES = frozenset("mr mrs ms dr prof sir".split())
