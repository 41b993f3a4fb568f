#!/bin/sh
# Everything that building needs, exactly as locked. No package runs a script of its own.
set -eu
cd "$(dirname "$0")/../.."
npm ci --include=dev --ignore-scripts --prefer-offline
