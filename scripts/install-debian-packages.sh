#!/usr/bin/env bash
# Debian packages that some tests and benchmarks use when they are there: wget and curl (independent clients to compare with),
# nginx (a fast static server), python3-doc (a documentation site that nobody here wrote), chromium (drives the page of the
# monitor).
# Without root or without apt, the tests that need one say so and are skipped.
set -u
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0
missing=()
for package in chromium curl nginx-light python3-doc wget; do
	dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
echo "Installing Debian packages: ${missing[*]}"
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
# A fresh nginx would be started as a service: it is only wanted as a program.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d.orbweaver 2>/dev/null
if [ ! -e /usr/sbin/policy-rc.d ]; then
	mv /usr/sbin/policy-rc.d.orbweaver /usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
	trap 'rm -f /usr/sbin/policy-rc.d' EXIT
else
	rm -f /usr/sbin/policy-rc.d.orbweaver
fi
(apt-get update -q && apt-get install -q -y --no-install-recommends "${missing[@]}") >"$log" 2>&1 || {
	tail -n 20 "$log" >&2
	echo "Some Debian packages could not be installed; the tests that need them are skipped." >&2
}
rm -f "$log"
exit 0
