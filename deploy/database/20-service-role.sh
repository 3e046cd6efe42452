#!/bin/bash
# Runs once, when the database's volume is empty: a plain role for the service, which owns its
# database but is no superuser, and the extensions that only a superuser may create.
set -euo pipefail

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set=password="$GRIDSVC_DB_PASSWORD" <<'SQL'
CREATE ROLE gridsvc LOGIN PASSWORD :'password';
CREATE DATABASE gridsvc OWNER gridsvc;
\connect gridsvc
CREATE EXTENSION postgis;
CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
SQL
