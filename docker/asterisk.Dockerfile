# Asterisk 22 from Debian, with the plain configuration of asterisk-config/.
FROM debian:forky-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends asterisk asterisk-core-sounds-en-gsm asterisk-moh-opsound-wav \
  && rm -rf /var/lib/apt/lists/* /etc/asterisk/*
COPY asterisk-config/*.conf /etc/asterisk/
COPY docker/asterisk-entrypoint.sh /usr/local/bin/asterisk-entrypoint
# Empty files: Asterisk calls a missing one an error in its log. And its log becomes the container's.
RUN cd /etc/asterisk \
  && touch acl.conf ccss.conf cel.conf cli_aliases.conf features.conf manager.conf pjproject.conf stasis.conf udptl.conf websocket_client.conf \
  && mkdir -p local.d /run/asterisk \
  && chown asterisk:asterisk local.d /run/asterisk \
  && ln -s /dev/stdout /var/log/asterisk/messages \
  && ln -s /dev/stdout /var/log/asterisk/security
USER asterisk
# astdb: the operators' telephones, which survive a restart.
VOLUME /var/lib/asterisk
EXPOSE 8088 5060/udp 20000-20199/udp
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["asterisk", "-rx", "core waitfullybooted"]
ENTRYPOINT ["asterisk-entrypoint"]
CMD ["asterisk", "-f"]
