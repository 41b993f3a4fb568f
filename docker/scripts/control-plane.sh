#!/bin/sh
# The control plane.
set -eu
cd "$(dirname "$0")/../.."
exec docker/scripts/with-secrets.sh node apps/control-plane/dist/main.js
