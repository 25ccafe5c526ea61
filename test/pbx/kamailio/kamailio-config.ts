import { BEHAVIOUR_BY_ENDING } from '../number-plan.ts'
import { LOOPBACK } from './ports.ts'

export type KamailioOptions = {
  runDir: string
  domain: string
  accounts: readonly { user: string; password: string }[]
  ports: {
    sip: number
    ws: number
    wss: number
    rtpengine: number
    phones: number
    network: number
  }
}

/** Where Kamailio's own account of a call stands in its log: `JOURNAL <event> <Call-ID> …`. */
export const JOURNAL_LINE = /JOURNAL (\w+) (\S+) ?(.*)$/

/**
 * Kamailio as registrar and proxy between softphones (SIP over WebSocket, authenticated) and the
 * network behind it (UDP, trusted: loopback). Media go through rtpengine, which is WebRTC on one
 * side and plain RTP on the other. Softphones call out; nobody calls them.
 */
export function kamailioConfig({ runDir, domain, accounts, ports }: KamailioOptions): string {
  return `#!KAMAILIO
debug=1
log_stderror=yes
fork=yes
children=2
tcp_children=2
auto_aliases=no
alias="${domain}"
listen=udp:${LOOPBACK}:${ports.sip}
listen=tcp:${LOOPBACK}:${ports.ws}
listen=tls:${LOOPBACK}:${ports.wss}
enable_tls=yes
tcp_connection_lifetime=3605
tcp_accept_no_cl=yes
tcp_rd_buf_size=65536
dns=no
rev_dns=no
use_dns_cache=no

${MODULES.map((name) => `loadmodule "${name}.so"`).join('\n')}

modparam("tls", "config", "${runDir}/tls.cfg")
modparam("tm", "fr_timer", 8000)
modparam("tm", "fr_inv_timer", 180000)
modparam("tm", "failure_reply_mode", 3)
modparam("rr", "append_fromtag", 1)
modparam("registrar", "max_expires", 600)
modparam("websocket", "keepalive_mechanism", 1)
modparam("websocket", "keepalive_timeout", 30)
modparam("rtpengine", "rtpengine_sock", "udp:${LOOPBACK}:${ports.rtpengine}")
modparam("htable", "htable", "password=>size=4;")

event_route[htable:mod-init] {
${accounts.map(({ user, password }) => `    $sht(password=>${user}) = "${password}";`).join('\n')}
}

# The WebSocket handshake is an HTTP request.
event_route[xhttp:request] {
    if ($hdr(Upgrade) =~ "websocket" && in_list("Upgrade", $hdr(Connection), ",") && $rm =~ "GET") {
        if (ws_handle_handshake()) exit;
    }
    xhttp_reply("404", "Not Found", "", "");
}

request_route {
    if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
    if (!sanity_check("17895", "7")) exit;
    if (is_method("OPTIONS") && uri == myself) { sl_send_reply("200", "OK"); exit; }

    # A browser's Contact can't be connected to: remember the connection it came by.
    if ($proto =~ "ws") {
        force_rport();
        if (!is_method("REGISTER") && !add_contact_alias()) { sl_send_reply("400", "Bad Contact"); exit; }
    }

    if (is_method("CANCEL")) {
        if (t_check_trans()) { xlog("L_NOTICE", "JOURNAL cancel $ci\\n"); t_relay(); }
        else { sl_send_reply("481", "Call/Transaction Does Not Exist"); }
        exit;
    }
    if (!is_method("ACK") && t_precheck_trans()) { t_check_trans(); exit; }
    t_check_trans();

    if (has_totag()) { route(IN_DIALOG); exit; }
    remove_hf("Route");
    if (is_method("REGISTER")) { route(REGISTER); exit; }
    if (!is_method("INVITE") || !($proto =~ "ws")) { sl_send_reply("405", "Method Not Allowed"); exit; }
    route(CALL);
}

route[REGISTER] {
    if (!pv_www_authenticate("${domain}", "$sht(password=>$tU)", "0")) {
        www_challenge("${domain}", "1");
        exit;
    }
    if (!save("location")) sl_reply_error();
}

route[CALL] {
    if (!pv_proxy_authenticate("${domain}", "$sht(password=>$fU)", "0")) {
        proxy_challenge("${domain}", "1");
        exit;
    }
    if ($au != $fU) { sl_send_reply("403", "Not Your Address"); exit; }
    consume_credentials();
    if ($rU == $null) { sl_send_reply("484", "Address Incomplete"); exit; }
    xlog("L_NOTICE", "JOURNAL invite $ci $fU $rU\\n");
    record_route();
    $du = "sip:${LOOPBACK}:${ports.network}";
${answeringRoutes(ports.phones)}
    t_on_reply("CALL_REPLY");
    t_on_failure("CALL_FAILURE");
    route(RELAY);
}

route[IN_DIALOG] {
    if (loose_route()) {
        if ($du == $null && !handle_ruri_alias()) { sl_send_reply("400", "Bad Alias"); exit; }
        if (is_method("BYE")) {
            xlog("L_NOTICE", "JOURNAL bye $ci $proto\\n");
            rtpengine_delete();
        }
        if (is_method("INVITE")) t_on_reply("REPLY");
        route(RELAY);
        exit;
    }
    if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
    sl_send_reply("481", "Call/Transaction Does Not Exist");
}

route[RELAY] {
    if (has_body("application/sdp") && is_method("INVITE")) rtpengine_manage("${TO_NETWORK}");
    if (!t_relay()) sl_reply_error();
}

onreply_route[CALL_REPLY] {
    xlog("L_NOTICE", "JOURNAL reply $ci $rs\\n");
    route(ANSWER);
}

onreply_route[REPLY] {
    route(ANSWER);
}

route[ANSWER] {
    if (has_body("application/sdp")) rtpengine_manage("${TO_SOFTPHONE}");
}

failure_route[CALL_FAILURE] {
    rtpengine_delete();
}
`
}

/** Private key and certificate lie beside it. */
export function tlsConfig(runDir: string): string {
  return `[server:default]
method = TLSv1.2+
verify_certificate = no
require_certificate = no
private_key = ${runDir}/key.pem
certificate = ${runDir}/cert.pem
`
}

const MODULES = [
  ...['kex', 'tm', 'tmx', 'sl', 'rr', 'pv', 'maxfwd', 'textops', 'siputils', 'sanity', 'xlog'],
  ...['usrloc', 'registrar', 'auth', 'htable', 'nathelper', 'tls', 'xhttp', 'websocket', 'sdpops'],
  'rtpengine',
]

const REWRITE = 'replace-origin replace-session-connection'
/** Plain RTP for the network … */
const TO_NETWORK = `${REWRITE} RTP/AVP ICE=remove DTLS=off SDES=off rtcp-mux-demux`
/** … and WebRTC back to the browser. */
const TO_SOFTPHONE = `${REWRITE} UDP/TLS/RTP/SAVPF ICE=force rtcp-mux-accept`

/** Numbers that are answered go to the phone with their kind of audio; the rest stays as it is. */
function answeringRoutes(phonesPort: number): string {
  return Object.entries(BEHAVIOUR_BY_ENDING)
    .flatMap(([ending, behaviour]) =>
      behaviour.kind === 'answer'
        ? `    if ($rU =~ "${ending}$") { $rU = "${behaviour.audio}"; $du = "sip:${LOOPBACK}:${phonesPort}"; }`
        : [],
    )
    .join('\n')
}
