#!/bin/sh
# Writes what is particular to this installation, from the environment, into /etc/asterisk/local.d (see
# asterisk-config/README.md), then runs Asterisk.
set -eu
umask 077

: "${ARI_USER:?ARI_USER is not set}" "${ARI_PASSWORD:?ARI_PASSWORD is not set}"
: "${CARRIER:?CARRIER is not set: host:port of the SIP trunk}" "${PUBLIC_HOST:?PUBLIC_HOST is not set}"
etc=${ASTERISK_ETC:-/etc/asterisk}
rtp_ports=${RTP_PORTS:-20000-20199}
sip_port=${SIP_PORT:-5060}

# Semicolons begin comments, line ends new settings: neither has a place in a value.
case "$ARI_USER$ARI_PASSWORD$CARRIER$PUBLIC_HOST$rtp_ports$sip_port" in
  *[!A-Za-z0-9._:,+=/@~%^*\&!?\(\)-]*) echo "A value has a character that Asterisk's configuration cannot hold." >&2; exit 1 ;;
esac
carrier_host=${CARRIER%:*}

address_of() {
  case $1 in
    *[!0-9.]*) getent ahostsv4 "$1" | awk 'NR == 1 { print $1 }' ;;
    *) echo "$1" ;;
  esac
}

# The world reaches this container by another address than its own.
own=$(hostname -I | awk '{ print $1 }')
public=$(address_of "$PUBLIC_HOST")
if [ -z "$public" ]; then
  echo "PUBLIC_HOST ($PUBLIC_HOST) does not resolve to an address." >&2
  exit 1
fi

mkdir -p "$etc/local.d"
cat > "$etc/local.d/http.conf" <<END
[general](+)
bindaddr=0.0.0.0
END
cat > "$etc/local.d/ari.conf" <<END
[$ARI_USER]
type=user
read_only=no
password=$ARI_PASSWORD
END
cat > "$etc/local.d/rtp.conf" <<END
rtpstart=${rtp_ports%-*}
rtpend=${rtp_ports#*-}
END
cat > "$etc/local.d/ice.conf" <<END
[ice_host_candidates]
${own:-127.0.0.1} => $public
END
cat > "$etc/local.d/pjsip.conf" <<END
[transport-udp](+)
bind=0.0.0.0:$sip_port
external_signaling_address=$public
external_media_address=$public
[trunk-aor](+)
contact=sip:$CARRIER
[trunk-identify](+)
match=$carrier_host
END

exec "$@"
