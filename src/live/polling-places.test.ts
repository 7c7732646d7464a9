import { expect, it } from 'vitest';
import { PollingPlaces } from './polling-places.ts';

const client = (name: string, transports?: ('polling' | 'websocket')[]) => ({
  lane: 'main',
  name,
  ...(transports && { transports }),
});

it('has three places, and one client that comes back takes no second', () => {
  const places = new PollingPlaces();
  for (const name of ['a', 'b', 'a', 'c', 'c']) places.take(client(name, ['polling']));
  expect(() => places.take(client('d', ['polling']))).toThrow('More than three');
});

it('counts only those that never go on over WebSocket', () => {
  const places = new PollingPlaces();
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    places.take(client(name));
    places.take(client(name, ['polling', 'websocket']));
  }
  for (const name of ['a', 'b', 'c']) places.take(client(name, ['polling']));
});
