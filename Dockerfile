# azid as a server, built from this tree: docker build -t azid . && docker run --rm -p 127.0.0.1:8443:8443 -v azid:/state azid
# Clients reach it as their proxy, http://127.0.0.1:8443, and trust /state/state.db.clients/ca.pem. Publish the port on the
# loopback address only: whoever reaches it can act on the state.
FROM debian:12-slim AS build
WORKDIR /src
COPY . .
RUN ./dev package && mv build/azid_*.deb /azid.deb

FROM debian:12-slim
COPY --from=build /azid.deb /tmp/azid.deb
RUN apt-get update \
    && apt-get install -y --no-install-recommends /tmp/azid.deb ca-certificates libcurl4 \
    && rm -rf /var/lib/apt/lists/* /tmp/azid.deb \
    && useradd --create-home --uid 1000 azid \
    && install -d -m 700 -o azid -g azid /state
USER azid
WORKDIR /home/azid
ENV AZID_STATE=/state/state.db
VOLUME /state
EXPOSE 8443
HEALTHCHECK --interval=10s --timeout=5s --start-period=5s --retries=3 CMD ["azid", "rest", "--endpoint", "https://127.0.0.1:8443", "--url", "https://management.azure.com/metadata/endpoints?api-version=2022-09-01", "--output", "none"]
STOPSIGNAL SIGTERM
CMD ["azid", "serve", "--listen", "0.0.0.0:8443"]
