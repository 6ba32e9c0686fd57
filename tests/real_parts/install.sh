#!/bin/sh
# Install the Debian packages whose programs the tests in this folder start. CI calls it, and a person may.
#
# No service is started: a test starts its own processes, and ends them.
set -eu
[ "$(id -u)" = 0 ] || exec sudo sh "$0"

packages="nginx-light haproxy squid-openssl tinyproxy stunnel4 microsocks libnss-wrapper openssl"

missing=""
for package in $packages; do
    dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

# Debian starts the service of a package once it is installed, unless this file says no. A machine's own file is left alone.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # a list of names
apt-get install -qq -y --no-install-recommends $missing >/dev/null
