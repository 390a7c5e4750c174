const FINGERPRINT = Array.from({ length: 32 }, (_, index) => (index + 16).toString(16).toUpperCase()).join(":");

const section = (mid: number, kind: "audio" | "video", type: number, codec: string): readonly string[] => [
  `m=${kind} 9 UDP/TLS/RTP/SAVPF ${type}`,
  "c=IN IP4 0.0.0.0",
  "a=ice-ufrag:abcd",
  "a=ice-pwd:abcdefghijklmnopqrstuvwx",
  `a=fingerprint:sha-256 ${FINGERPRINT}`,
  "a=setup:actpass",
  `a=mid:${mid}`,
  "a=sendonly",
  "a=rtcp-mux",
  `a=rtpmap:${type} ${codec}`,
];

/** What a browser says that wants to send a microphone, a camera and a screen, and never comes to send anything. */
export const OFFER = [
  "v=0",
  "o=- 4611731400430051336 2 IN IP4 127.0.0.1",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0 1 2",
  ...section(0, "audio", 111, "opus/48000/2"),
  ...section(1, "video", 96, "VP8/90000"),
  ...section(2, "video", 96, "VP8/90000"),
  "",
].join("\r\n");
