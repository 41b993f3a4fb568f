#!/bin/sh
# Makes the secrets that compose.yaml names, once: what is there stays, or the servers' data could no longer be opened. Readable by
# others, since each server runs as a user of its own; the folder around them is not.
set -eu
cd "$(dirname "$0")/.."
mkdir -p secrets
chmod 700 secrets
if [ -e secrets/postgres_password ]; then
  echo 'docker/secrets is there already; nothing was changed'
  exit 0
fi
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
postgres=$(random)
redis=$(random)
printf '%s' "$postgres" >secrets/postgres_password
printf 'requirepass %s\nmaxmemory-policy noeviction\nappendonly yes\ndir /data\n' "$redis" >secrets/redis.conf
printf 'postgresql://lastref:%s@127.0.0.1:54747/lastref' "$postgres" >secrets/database_url
printf 'redis://:%s@127.0.0.1:63747' "$redis" >secrets/redis_url
printf 'postgresql://lastref:%s@postgres:5432/lastref' "$postgres" >secrets/database_url_inside
printf 'redis://:%s@redis:6379' "$redis" >secrets/redis_url_inside
chmod 644 secrets/*
