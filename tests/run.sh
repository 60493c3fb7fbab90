#!/usr/bin/env bash
# Takes a clean machine with the .NET SDK to green: installs what the tests need, builds with warnings as errors, checks
# the formatting, and runs every test. Long soaks live in tests/soak.sh.
set -euo pipefail
cd "$(dirname "$0")/.."

# Each judge is a program that we did not write. Where one is missing and cannot be installed, its tests are skipped by
# name with their reason; in CI a skipped test fails the run.
declare -A package_of=(
  [chromium]=chromium [qpdf]=qpdf [pdftotext]=poppler-utils [zbarimg]=zbar-tools [fc-list]=fontconfig [pngcheck]=pngcheck [node]=nodejs [npm]=npm
)
missing=()
for program in "${!package_of[@]}"; do
  command -v "$program" >/dev/null || missing+=("${package_of[$program]}")
done
fc-list 2>/dev/null | grep -q DejaVu || missing+=(fonts-dejavu-core)
if ((${#missing[@]})); then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "Missing, and not installed without root and apt: ${missing[*]}" >&2
  fi
fi

# The judges of signed credentials, at the versions of their lock file.
if command -v npm >/dev/null; then
  npm ci --prefix tests/TrainingPortal.Tests/Credentials/Judges --ignore-scripts --no-audit --no-fund --loglevel=error
fi

dotnet tool restore >/dev/null
dotnet restore TrainingPortal.sln
dotnet build TrainingPortal.sln --no-restore -warnaserror
dotnet format TrainingPortal.sln --no-restore --verify-no-changes

results=$(mktemp)
trap 'rm -f "$results"' EXIT
# One after the other: both start programs and browsers, and each is to have the machine to itself.
for tests in TrainingPortal.Tests TrainingPortal.BrowserTests; do
  dotnet test "tests/$tests" --no-build --logger "console;verbosity=minimal" 2>&1 | tee -a "$results"
done
if [ "${CI:-}" = true ] && grep -qE 'Skipped: +[1-9]' "$results"; then
  echo "CI skips nothing: install what the skipped tests named." >&2
  exit 1
fi
