#!/usr/bin/env bash
# The long runs that tests/run.sh keeps short: more kills of a server with two hundred attempts in flight.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/TrainingPortal.Tests -warnaserror
KILLS="${KILLS:-10}" dotnet test tests/TrainingPortal.Tests --no-build --logger "console;verbosity=detailed" --filter "FullyQualifiedName~KilledServerTests"
