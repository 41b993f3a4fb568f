#!/bin/sh
# Runs a command with the two addresses read from files, where DATABASE_URL_FILE and REDIS_URL_FILE name them: a file is in no
# listing of processes and no description of a container. The command takes this process' place, and so its signals.
set -eu
for name in DATABASE_URL REDIS_URL; do
  eval "file=\${${name}_FILE:-}"
  if [ -n "$file" ]; then
    if [ ! -r "$file" ]; then
      echo "lastref: ${name}_FILE names $file, which cannot be read" >&2
      exit 3
    fi
    eval "export ${name}=\$(cat \"\$file\")"
  fi
done
exec "$@"
