#!/bin/sh
# What only development needs goes: packages, sources, tests. What stays runs the services and migrates their database.
set -eu
cd "$(dirname "$0")/../.."
npm prune --omit=dev --ignore-scripts --offline
rm -rf test .lastref .nx docs
find apps libs -type d -name src -prune -exec rm -rf {} +
