#!/usr/bin/env bash
# Installs what some tests need beside npm's packages, where it is missing and may be installed: on Debian, as root. Never
# fails: tests whose tools are not there skip with a note on stderr.
set -uo pipefail

# Command, and the Debian package that brings it.
TOOLS=(
  chromium:chromium
  redis-server:redis-server
)

missing=()
for tool in "${TOOLS[@]}"; do
  command -v "${tool%%:*}" > /dev/null || missing+=("${tool#*:}")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then
  echo "*** not installed: ${missing[*]} (needs root and apt-get); the tests that need them are skipped ***" >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || true
for package in "${missing[@]}"; do
  apt-get install -y -qq --no-install-recommends "$package" > /dev/null ||
    echo "*** $package could not be installed; the tests that need it are skipped ***" >&2
done
exit 0
