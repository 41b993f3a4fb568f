#!/bin/sh
# Ends with 0 where the worker of this host is alive.
set -eu
cd "$(dirname "$0")/../.."
exec docker/scripts/with-secrets.sh node docker/scripts/worker-health.mjs
