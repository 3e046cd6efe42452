# Two commands matter: `make demo` shows the service, `make check` proves it. The work is in scripts/.
RUN := sh scripts/bootstrap.sh

.PHONY: help demo stop reset test check api bench fmt cluster env system

help:
	@echo 'make demo     运行演示（首次自动安装全部所需） | run the demo, installing what is missing'
	@echo 'make stop     停止本目录启动的一切 | end everything that this checkout started'
	@echo 'make reset    停止并删除数据（YES=1 不询问） | stop and delete the data (YES=1: no question)'
	@echo 'make test     运行全部测试 | run all tests (ARGS="tests/rules -k name" for some of pytest'"'"'s)'
	@echo 'make check    格式、规范、类型与全部测试 | format, lint, types and all tests'
	@echo 'make fmt      整理代码格式 | format the code'
	@echo 'make api      按接口重写 openapi.json 与操作台类型 | write openapi.json and the console'"'"'s types anew'
	@echo 'make bench    测量性能 | measure'
	@echo 'make cluster  启动并保留数据库 | start the database and keep it up'
	@echo 'make env      同上，并写入 .local/env | the same, and write .local/env'
	@echo 'make system   安装系统软件包 | install the system packages'

demo stop reset test check api bench fmt cluster env system:
	@$(RUN) $@
