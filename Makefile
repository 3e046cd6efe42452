# Two commands matter: `make demo` shows the service, `make check` proves it. The work is in scripts/.
RUN := sh scripts/bootstrap.sh

.PHONY: demo stop reset test check bench fmt cluster env system

demo stop reset test check bench fmt cluster env system:
	@$(RUN) $@
