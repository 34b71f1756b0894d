"""Nothing below is collected from here: a suite is run from an armed copy, in the sandbox alone."""

collect_ignore_glob = ["*"]
