"""`python -m sakip_eval`: the same as the `sakip` command."""

from sakip_eval.cli.main import main

main()
