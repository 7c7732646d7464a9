// The log of every class in one SQLite file. Keys and secrets are kept only as hashes.

import Database from 'libsql';
import type { ClassEntry } from '../../../src/contract/class.ts';
import type { ClassLog, NewEntry } from './log.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS class (code TEXT PRIMARY KEY, key_hash TEXT NOT NULL, at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS entry (
    code TEXT NOT NULL REFERENCES class(code), seq INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (code, seq)
  );
  CREATE TABLE IF NOT EXISTS learner (
    code TEXT NOT NULL REFERENCES class(code), learner TEXT NOT NULL, secret_hash TEXT NOT NULL, PRIMARY KEY (code, learner)
  );
`;

/** Opens or makes the file. Throws where it cannot be written. */
export function openSqliteLog(file: string): ClassLog {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.exec(SCHEMA);
  const classOf = db.prepare('SELECT key_hash FROM class WHERE code = ?');
  const newClass = db.prepare('INSERT OR IGNORE INTO class (code, key_hash, at) VALUES (?, ?, ?)');
  const headOf = db.prepare('SELECT coalesce(max(seq), 0) AS head FROM entry WHERE code = ?');
  const newEntry = db.prepare('INSERT INTO entry (code, seq, body) VALUES (?, ?, ?)');
  const entriesAfter = db.prepare('SELECT body FROM entry WHERE code = ? AND seq > ? ORDER BY seq');
  const newLearner = db.prepare(
    'INSERT INTO learner (code, learner, secret_hash) VALUES (?, ?, ?)',
  );
  const learnerOf = db.prepare('SELECT secret_hash FROM learner WHERE code = ? AND learner = ?');

  const append = (code: string, entry: NewEntry): ClassEntry => {
    const { head } = headOf.get(code) as { head: number };
    const numbered = { seq: head + 1, ...entry } as ClassEntry;
    newEntry.run(code, numbered.seq, JSON.stringify(numbered));
    return numbered;
  };

  return {
    append,
    create(code, keyHash, at) {
      if (newClass.run(code, keyHash, at).changes === 0) return false;
      append(code, { kind: 'created', at });
      return true;
    },
    keyHash: (code) => (classOf.get(code) as { key_hash: string } | undefined)?.key_hash,
    after: (code, seq) =>
      (entriesAfter.all(code, seq) as { body: string }[]).map(
        ({ body }) => JSON.parse(body) as ClassEntry,
      ),
    addLearner: (code, learner, secretHash) => void newLearner.run(code, learner, secretHash),
    secretHash: (code, learner) =>
      (learnerOf.get(code, learner) as { secret_hash: string } | undefined)?.secret_hash,
    close: () => void db.close(),
  };
}
