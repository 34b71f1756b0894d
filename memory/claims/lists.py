"""Lists of words that are one concept, near to each other, of one kind, or exclude each other."""

# ruff: noqa: E501 -- one concept a line

from __future__ import annotations


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


SYNONYMS = _lines("""
    own owner ownership owned lead leader head maintain maintainer responsible responsibility charge oversee handle manage manager supervise cover
    due deadline
    cost price fee priced pricing
    limit cap maximum max ceiling quota threshold upper most
    minimum min least lowest
    keep retain retention
    expire expiry valid validity lifetime lifespan ttl last
    address url uri endpoint hostname ip link
    port listen
    use employ adopt utilise utilize rely
    place live locate location reside sit situate relocate
    prefer preference favour favor favourite favorite like rather
    name rename
    contact liaison
    database db
    password pw passphrase pwd passwd passcode
    production prod
    repository repo
    document doc docs documentation
    config configuration configure cfg
    environment env
    application app
    authenticate auth authentication login
    administrator admin
    kubernetes k8s
    javascript js
    typescript ts
    python py
    dependency dep deps
    package pkg
    function func fn
    directory dir folder
    message msg
    trash garbage rubbish waste refuse
    mother mom mum mama
    father dad papa
    grandmother grandma granny nana
    grandfather grandpa
    car vehicle
    bike bicycle
    holiday vacation pto
    employee staff
    customer client
    colleague coworker
    photo picture pic image
    film movie
    doctor physician gp
    boss supervisor
    salary wage
    purchase buy
    supplier vendor
    collect pickup pick
    begin start kickoff
    number count amount no.
    happen occur
    depart leave
    request req requests
    information info
    temperature temp
    specification spec
    maximum-size size-limit
    employer company
    telephone phone mobile cell cellphone
    apartment flat
    subway metro underground
    support supported
    weigh weight
    flag toggle
    index indices
    dinner supper
    grocery groceries
    ship shipping shipment
    approve approval signoff sign-off
    review reviewer
    developer engineer programmer coder
    kid child
    fast quick
    ci pipeline
    launch golive go-live release
    ticket issue
    standup daily-standup stand-up scrum
    store-front shop
    reply respond answer
    transfer remittance
    assign assignee
    talk chat
    retry retries
    deploy deployment rollout
    folder directory
    schedule timetable
    delete remove purge erase discard
    estimate expect expectation forecast projection
    repair fix mend
    sick ill
    office-hour opening-hour
""")  # fmt: skip
"""Each line is one concept, called by its first word."""

BROAD = _lines("""
    meeting meet standup sync call appointment catchup retro session
    address host port domain server website site
    tool editor ide
    owner-like own contact assign drive
    place store host serve hold keep park
    talk speak conversation communicate message
    task job work
    test suite ci
    database postgres postgresql mysql sqlite mariadb mongodb
    cost charge rent budget pay
    code pin password key secret
    due release ship launch
    language lang
    food meal eat feed
    ground floor
    use run build write make serve deliver send ship
    happen begin come go leave open arrive fire run
""")  # fmt: skip
"""Words that are near to each other without being one concept: such a pair counts half."""

AXES = [[pole.split() for pole in line.split("|")] for line in """
    on enable active activate live up running | off disable inactive deactivate pause paused suspend suspended frozen dormant halt hold down
    green pass passing fix work healthy stable reliable | red fail failing broken break flaky unstable crash
    open | closed close shut
    allow permit welcome ok okay fine acceptable | forbid forbidden ban banned prohibit disallow disallowed
    require mandatory compulsory obligatory must | optional voluntary
    available stock | unavailable sold out-of-stock
    public | private internal
    free | cost paid charge
    manual manually hand | automatic automatically automate automated auto
    light bright | dark
    brief short concise terse | detail detailed long verbose thorough
    single | married marry engaged divorced widowed
    finished finish complete completed done merged closed | pending progress wip todo open incomplete unfinished
    confirm confirmed | cancel cancelled tentative unconfirmed
    remote home | onsite on-site
    draft | publish published
    beta alpha | ga
    approve approved accept accepted | reject rejected decline declined deny denied
    sick ill out away absent holiday vacation leave off | healthy well recovered back present
    day daytime | night nighttime overnight | evening | morning | afternoon
    empty | full
    lock locked | unlock unlocked
    encrypt encrypted | unencrypted plaintext
    sync synchronous | async asynchronous
    left | right
    north | south | east | west
    part-time | full-time
    vegetarian | vegan | omnivore
    monolith monorepo | microservice polyrepo multirepo
    ascending | descending
    horizontal | vertical
    cheap | expensive
    slow | fast quick
    early | late
    before | after
    hot warm | cold cool
    high | low medium
    increase grow | decrease shrink
    strict | lenient lax relaxed
    opt-in | opt-out
    include included | exclude excluded
    win | lose
    big large | small little tiny
""".strip().splitlines()]  # fmt: skip
"""Each line is one axis; words at different poles of it cannot both be so of one thing."""

KINDS = [line.split() for line in """
    red blue green yellow black white orange purple teal pink grey gray brown navy beige turquoise violet
    python go golang rust java kotlin swift ruby php perl scala elixir erlang haskell typescript javascript c c++ c# zig lua r julia clojure dart
    aws gcp azure hetzner digitalocean linode heroku fly.io vercel netlify render ovh scaleway cloudflare
    postgres postgresql mysql mariadb sqlite mongodb mongo cassandra dynamodb cockroachdb oracle mssql duckdb clickhouse couchdb
    redis memcached valkey varnish
    json yaml toml xml csv ini parquet protobuf avro msgpack
    slack teams discord mattermost zulip irc telegram signal whatsapp matrix rocketchat
    jira linear trello asana basecamp redmine youtrack clickup monday.com shortcut
    github gitlab bitbucket gitea codeberg forgejo sourcehut
    jenkins travis circleci actions buildkite drone teamcity woodpecker bamboo
    vim neovim emacs vscode helix sublime pycharm intellij nano zed atom
    bash zsh fish powershell nushell
    pytest unittest nose jest vitest mocha jasmine cypress playwright selenium
    black yapf autopep8 ruff prettier
    flake8 pylint eslint biome
    mypy pyright pyre pytype
    pip poetry uv pipenv conda pdm npm yarn pnpm bun
    react vue svelte angular solid ember preact
    flask django fastapi rails laravel express spring
    celery rq dramatiq huey sidekiq cron airflow prefect dagster luigi
    kafka rabbitmq nats sqs pulsar zeromq
    docker podman containerd
    kubernetes nomad swarm ecs
    terraform pulumi ansible chef puppet salt cloudformation
    nginx apache caddy traefik haproxy
    sentry rollbar bugsnag datadog grafana prometheus newrelic honeycomb splunk
    stripe paypal adyen klarna braintree square mollie
    mailgun postmark sendgrid ses mailchimp brevo
    dhl ups fedex usps hermes gls dpd
    lastpass 1password onepassword bitwarden keepass vault dashlane
    confluence notion wiki obsidian sharepoint
    figma sketch penpot miro photoshop canva gimp
    sphinx mkdocs docusaurus hugo jekyll
    rest graphql grpc soap websocket
    linux windows macos ubuntu debian fedora arch alpine nixos mint
    chrome firefox safari edge brave opera
    zoom meet webex jitsi skype
    tab space
    merge rebase squash
    s3 r2 minio gcs
    http https ftp sftp
    english german french spanish italian portuguese dutch polish russian chinese japanese korean swedish norwegian danish arabic turkish hindi
    germany austria switzerland france italy spain portugal netherlands belgium poland sweden norway denmark england ireland scotland greece croatia canada usa japan
    berlin hamburg munich vienna zurich paris london madrid lisbon rome milan amsterdam brussels warsaw prague stockholm oslo copenhagen dublin tokyo york boston chicago toronto
    bus train car bike tram subway ferry taxi
    coffee tea juice milk
    dog cat rabbit hamster
    chicken beef pork fish tofu
    bachelor master phd
    basic starter free pro premium enterprise business standard plus gold silver platinum
    mit apache gpl lgpl agpl bsd mpl proprietary
    debug info information warning error trace
    snake_case camelcase kebab-case pascalcase
    waterfall scrum kanban agile
    cash card invoice transfer
    gas oil electric solar wood
    flat house apartment cottage
    swim run yoga tennis football soccer basketball hike climb
    piano guitar violin drums cello flute
    marathon sprint 10k
    nanosecond microsecond millisecond second minute hour
    celsius fahrenheit kelvin
    euro dollar pound franc
    utc cet gmt est pst
""".strip().splitlines()]  # fmt: skip
"""Each line holds things of one kind, of which one commonly takes another's place."""

SCOPES = [[pole.split() for pole in line.split("|")] for line in """
    production | staging | development | local | testing | demo | sandbox | preview
    frontend | backend
    mobile | web | desktop
    android | ios
    upstairs | downstairs | attic | basement | cellar
    morning | afternoon | evening | night | noon
    breakfast | lunch | dinner | brunch
    weekday | weekend | holiday
    husband | wife | mother | father | sister | brother | son | daughter | uncle | aunt | grandmother | grandfather | cousin | nephew | niece | neighbour | roommate
    cat | dog | rabbit | hamster | parrot
    spring | summer | autumn | winter
    access | refresh
    internal | external
    incoming | outgoing
    inbound | outbound
    read | write
    input | output
    first | second | third | fourth | last
    primary | secondary | replica
    minimum | maximum
    start | end
    begin | end finish
    open | close
    upload | download
    import | export
    buy purchase | sell
    arrive | depart leave
    sender | receiver recipient
    parent | child
    junior | senior
    linter | formatter
    frontdoor | backdoor
    request | response
    connect connection | idle
    soft | hard
    upper | lower
    debit | credit
    guest | employee | visitor
    monthly | yearly | weekly | daily | hourly | nightly | annual
    master's | bachelor's
    male | female
    adult | kid senior
    domestic | international
    legacy | modern
    unit | integration | end-to-end e2e | smoke | load
    cpu | memory ram | disk
    paper | glass | plastic | metal
    bus | train | tram | ferry
    day | night
""".strip().splitlines()]  # fmt: skip
"""Each line holds kinds of one thing that stand beside each other: what is said of one says nothing of the other."""
