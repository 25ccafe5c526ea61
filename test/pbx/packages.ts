/**
 * Debian packages behind the SIP tests, for the set-up script. The Kamailio stand and the network
 * namespace need them; the embedded stand needs none.
 *
 * Installing must start no daemon: kamailio and rtpengine-daemon bring services that would listen
 * on every interface. The set-up therefore denies service starts while it installs (policy-rc.d
 * with exit code 101, or `systemctl mask` beforehand), and the stand starts its own processes.
 */
export const SIP_STAND_PACKAGES = [
  'kamailio',
  'kamailio-tls-modules',
  'kamailio-websocket-modules',
  'rtpengine-daemon',
  'baresip-core',
] as const

/** `ip netns` as root, `unshare` as a plain user. */
export const NAMESPACE_PACKAGES = ['iproute2', 'util-linux'] as const

/** Services that come with them and must neither be started nor enabled. */
export const SERVICES_TO_KEEP_OFF = ['kamailio', 'rtpengine-daemon'] as const
