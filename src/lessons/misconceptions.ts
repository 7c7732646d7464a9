// What learners often believe, and what on the wire refutes it. The ids are stable.

export const MISCONCEPTIONS: Readonly<Record<string, { belief: string; refutedBy: string }>> = {
  M1: {
    belief: 'Socket.IO is WebSocket, and is one connection.',
    refutedBy: 'The session begins with a GET, and goes on over several connections.',
  },
  M2: {
    belief: 'The server keeps events for clients that are away.',
    refutedBy: 'During an outage the server emits, and the ledger shows the events lost.',
  },
  M3: {
    belief: 'The client sends missed events again at random.',
    refutedBy: 'The send buffer fills only after the drop was noticed.',
  },
  M4: {
    belief: 'A disconnect is known at once.',
    refutedBy: 'There is silence until ping interval plus ping timeout.',
  },
  M5: {
    belief: 'Connection state recovery guarantees delivery.',
    refutedBy: 'After a reconnect without an offset, or too late, `recovered` is false.',
  },
  M6: {
    belief: 'TCP guarantees that my message was processed.',
    refutedBy: 'TCP acknowledged, the process died, and no Socket.IO ack came.',
  },
  M7: {
    belief: 'A message is a frame is a packet.',
    refutedBy: 'Two frames arrive in one piece, or one message needs many.',
  },
  M8: {
    belief: 'TCP loses no packets; UDP is broken.',
    refutedBy: 'On a lossy link both lose; TCP sends again.',
  },
  M9: { belief: 'Loss shows as a missing message over TCP.', refutedBy: 'It shows as delay.' },
  M10: {
    belief: 'Long polling is frequent polling.',
    refutedBy: 'One request hangs, and is answered when there is news.',
  },
  M11: {
    belief: 'Layers are places that a packet visits one after another.',
    refutedBy: 'The same bytes lie under two rulers.',
  },
  M12: {
    belief: 'An ack means that the other user has it.',
    refutedBy: 'The server acknowledged, and the broadcast still failed.',
  },
  M13: {
    belief: 'Being offline in the browser’s tools is a bad network.',
    refutedBy: 'The same scenario on a real cut has other frames.',
  },
  M14: {
    belief: 'TCP says “not received”.',
    refutedBy: 'There are duplicate ACKs, never a negative one.',
  },
  M15: {
    belief: 'UDP is always faster.',
    refutedBy: 'With the same bytes and no loss, the times are nearly the same.',
  },
  M16: {
    belief: 'A port is a physical socket, for one client.',
    refutedBy: 'Many connections on one server port are told apart by the 4-tuple.',
  },
  M17: {
    belief: 'HTTP keeps no connection.',
    refutedBy: 'Several exchanges pass over one TCP connection.',
  },
  M18: {
    belief: '“Exactly once” is something that the network delivers.',
    refutedBy: 'It is redelivery, plus an id that the consumer remembers.',
  },
};
