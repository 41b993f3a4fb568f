#!/bin/sh
# Brings the database to the schema of this image.
set -eu
cd "$(dirname "$0")/../.."
exec docker/scripts/with-secrets.sh node tools/migrate.mjs
