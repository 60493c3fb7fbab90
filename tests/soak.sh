#!/usr/bin/env bash
# The long runs that tests/run.sh keeps short: more kills of a server with two hundred attempts in flight, and 500 kills of
# two servers that make certificates and send mails for 2,000 passes.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/TrainingPortal.Tests -warnaserror
KILLS="${KILLS:-10}" dotnet test tests/TrainingPortal.Tests --no-build --logger "console;verbosity=detailed" --filter "FullyQualifiedName~KilledServerTests"
CERTIFICATE_KILLS="${CERTIFICATE_KILLS:-500}" CERTIFICATE_PASSES="${CERTIFICATE_PASSES:-2000}" dotnet test tests/TrainingPortal.Tests --no-build --logger "console;verbosity=detailed" --filter "FullyQualifiedName~CertificateKillTests"
