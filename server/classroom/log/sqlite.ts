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
  CREATE TABLE IF NOT EXISTS push (
    code TEXT NOT NULL REFERENCES class(code), id TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (code, id)
  );
`;

/** Opens or makes the file. Throws where it cannot be written. */
export function openSqliteLog(file: string): ClassLog {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.exec(SCHEMA);
  return { ...reading(db), ...writing(db), close: () => void db.close() };
}

type Reading = Pick<ClassLog, 'keyHash' | 'head' | 'after' | 'pushed' | 'learners' | 'secretHash'>;

function reading(db: Database.Database): Reading {
  const classOf = db.prepare('SELECT key_hash FROM class WHERE code = ?');
  const headOf = db.prepare('SELECT coalesce(max(seq), 0) AS head FROM entry WHERE code = ?');
  const entriesAfter = db.prepare(
    'SELECT body FROM entry WHERE code = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  const pushOf = db.prepare('SELECT seq FROM push WHERE code = ? AND id = ?');
  const learnersOf = db.prepare('SELECT count(*) AS count FROM learner WHERE code = ?');
  const learnerOf = db.prepare('SELECT secret_hash FROM learner WHERE code = ? AND learner = ?');
  return {
    keyHash: (code) => (classOf.get(code) as { key_hash: string } | undefined)?.key_hash,
    head: (code) => (headOf.get(code) as { head: number }).head,
    after: (code, seq, max) =>
      (entriesAfter.all(code, seq, max) as { body: string }[]).map(
        ({ body }) => JSON.parse(body) as ClassEntry,
      ),
    pushed: (code, id) => (pushOf.get(code, id) as { seq: number } | undefined)?.seq,
    learners: (code) => (learnersOf.get(code) as { count: number }).count,
    secretHash: (code, learner) =>
      (learnerOf.get(code, learner) as { secret_hash: string } | undefined)?.secret_hash,
  };
}

function writing(db: Database.Database): Pick<ClassLog, 'create' | 'append' | 'addLearner'> {
  const newClass = db.prepare('INSERT OR IGNORE INTO class (code, key_hash, at) VALUES (?, ?, ?)');
  const headOf = db.prepare('SELECT coalesce(max(seq), 0) AS head FROM entry WHERE code = ?');
  const newEntry = db.prepare('INSERT INTO entry (code, seq, body) VALUES (?, ?, ?)');
  const newPush = db.prepare('INSERT INTO push (code, id, seq) VALUES (?, ?, ?)');
  const newLearner = db.prepare(
    'INSERT INTO learner (code, learner, secret_hash) VALUES (?, ?, ?)',
  );
  const write = (code: string, entry: NewEntry): ClassEntry => {
    const { head } = headOf.get(code) as { head: number };
    const numbered = { seq: head + 1, ...entry } as ClassEntry;
    newEntry.run(code, numbered.seq, JSON.stringify(numbered));
    if (entry.kind === 'pushed' && entry.id !== undefined) {
      newPush.run(code, entry.id, numbered.seq);
    }
    return numbered;
  };
  return {
    append: db.transaction(write),
    create: db.transaction((code: string, keyHash: string, at: number): boolean => {
      if (newClass.run(code, keyHash, at).changes === 0) return false;
      write(code, { kind: 'created', at });
      return true;
    }),
    addLearner: db.transaction(
      (code: string, secretHash: string, entry: Parameters<ClassLog['addLearner']>[2]) => {
        newLearner.run(code, entry.learner, secretHash);
        return write(code, entry);
      },
    ),
  };
}
