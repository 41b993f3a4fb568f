#!/bin/sh
# Ends with 0 where the control plane can answer.
set -eu
cd "$(dirname "$0")/../.."
exec docker/scripts/with-secrets.sh node docker/scripts/control-plane-health.mjs
