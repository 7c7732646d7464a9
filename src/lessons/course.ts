// The lessons of the course, in order. Which of them are ready is what files there are.

export interface CourseEntry {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
}

export const COURSE: readonly CourseEntry[] = [
  {
    slug: 'client-server-socket',
    title: 'Client, server, socket',
    summary: 'Who listens, who connects, and how one port serves many.',
  },
  { slug: 'layers', title: 'Layers', summary: 'OSI and TCP/IP as two rulers over the same bytes.' },
  {
    slug: 'packets',
    title: 'Packets',
    summary: 'One message cut up, lost, overtaken, and put together again.',
  },
  {
    slug: 'tcp',
    title: 'TCP',
    summary: 'Handshake, sequence numbers, retransmission, windows, close.',
  },
  { slug: 'udp', title: 'UDP', summary: 'A very small header, and what it does not promise.' },
  {
    slug: 'tcp-vs-udp',
    title: 'TCP or UDP',
    summary: 'One message list and one faulty link, two lanes side by side.',
  },
  {
    slug: 'http',
    title: 'HTTP',
    summary: 'Requests and responses, and the connections they share.',
  },
  {
    slug: 'polling-vs-websocket',
    title: 'Polling or WebSocket',
    summary: 'Four ways to hear the news, with one workload.',
  },
  {
    slug: 'bidirectional',
    title: 'Both directions',
    summary: 'A room of devices that all speak without being asked.',
  },
  {
    slug: 'does-socketio-use-http',
    title: 'Socket.IO starts life as plain HTTP',
    summary: 'From the first GET to the first event, in your own frames.',
  },
  {
    slug: 'emit',
    title: 'What happens when you emit',
    summary: 'Emit, acknowledgement, broadcast, rooms.',
  },
  {
    slug: 'missed-events',
    title: 'Missed events',
    summary: 'What happens to an event that nobody was there to hear.',
  },
  {
    slug: 'message-queues',
    title: 'Message queues',
    summary: 'At most once, at least once, and what “exactly once” costs.',
  },
  {
    slug: 'fix-the-notes',
    title: 'Fix the notes',
    summary: 'A page of study notes with mistakes to find and mend.',
  },
];
