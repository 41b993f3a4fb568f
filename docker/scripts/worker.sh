#!/bin/sh
# A worker.
set -eu
cd "$(dirname "$0")/../.."
exec docker/scripts/with-secrets.sh node apps/worker/dist/main.js
