"""`python3 -m scripts COMMAND`: what the Makefile, the Dockerfile and CI call."""

import sys

from scripts.run import main

sys.exit(main(sys.argv[1:]))
