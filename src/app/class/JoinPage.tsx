// The way into a class: code and display name.

import { type FormEvent, useRef, useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import type { Reply } from '../../contract/call.ts';
import { CLASS_VERSION, type Joined } from '../../contract/class.ts';
import { ask } from '../../live/app-socket.ts';
import { rememberClass, rememberedClasses } from '../../live/class-memory.ts';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../Page.tsx';
import { Field } from './Field.tsx';
import styles from './JoinPage.module.css';
import { foreignTo, isCode, tidyCode } from './join-code.ts';

type Where = 'code' | 'name' | 'form';
type Failure = { readonly where: Where; readonly message: string };

export function JoinPage() {
  const { code: given = '' } = useParams();
  return <JoinForm key={given} given={tidyCode(given)} />;
}

function JoinForm({ given }: { readonly given: string }) {
  const { state } = useLocation();
  const { join, isJoining, failure } = useJoin();
  const member = rememberedClasses()[given]?.joined;
  const problem = (where: Where) => (failure?.where === where ? failure.message : undefined);
  return (
    <Page
      title="Join a class"
      lead="No account. Your name is seen by your instructor, and by nobody else."
    >
      {member ? (
        <p className={styles.member}>
          This browser is in class {given} as {member.name}.{' '}
          <Link to={`/class/${given}`}>Go on as {member.name}</Link>, or give another name below.
        </p>
      ) : null}
      <form className={styles.form} noValidate onSubmit={join}>
        <Field
          label="Class code"
          name="code"
          problem={problem('code')}
          defaultValue={given}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          className={styles.code}
        />
        <Field
          label="Your name"
          name="name"
          problem={problem('name')}
          defaultValue={nameIn(state)}
          maxLength={60}
          autoComplete="nickname"
        />
        {problem('form') === undefined ? null : (
          <p role="alert" className={styles.failure}>
            {problem('form')}
          </p>
        )}
        <Button kind="primary" type="submit" aria-disabled={isJoining}>
          {isJoining ? 'Joining…' : 'Join'}
        </Button>
      </form>
    </Page>
  );
}

function useJoin() {
  const navigate = useNavigate();
  const [failure, setFailure] = useState<Failure>();
  const [isJoining, setJoining] = useState(false);
  const isPending = useRef(false);
  const join = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending.current) return;
    const form = event.currentTarget;
    const data = new FormData(form);
    const code = tidyCode(String(data.get('code')));
    const name = String(data.get('name')).trim();
    isPending.current = true;
    setJoining(true);
    setFailure(undefined);
    const failed = problemIn(code, name) ?? (await attempt(code, name));
    isPending.current = false;
    setJoining(false);
    if (!failed) return void navigate(`/class/${code}`);
    setFailure(failed);
    const field = form.elements.namedItem(failed.where);
    if (field instanceof HTMLInputElement) field.focus();
  };
  return { join: (event: FormEvent<HTMLFormElement>) => void join(event), isJoining, failure };
}

function problemIn(code: string, name: string): Failure | undefined {
  if (!isCode(code)) return { where: 'code', message: wrongCode(code) };
  return name === '' ? { where: 'name', message: NO_NAME } : undefined;
}

/** Joins, unless this browser is in the class by that name already. */
async function attempt(code: string, name: string): Promise<Failure | undefined> {
  if (rememberedClasses()[code]?.joined?.name === name) return undefined;
  const reply = await ask<Joined>('class:join', { version: CLASS_VERSION, code, name });
  if (!reply.ok) return failureOf(reply);
  rememberClass(code, { joined: { ...reply.value, name } });
  return undefined;
}

function failureOf({ code, message }: Extract<Reply<unknown>, { ok: false }>): Failure {
  // The code was checked here, so that it can only be the name.
  if (code === 'bad-request') return { where: 'name', message: WRONG_NAME };
  return { where: code === 'class/no-such-class' ? 'code' : 'form', message };
}

function nameIn(state: unknown): string {
  const name = (state as { readonly name?: unknown } | null)?.name;
  return typeof name === 'string' ? name : '';
}

const NO_NAME = 'Give a name, so that your instructor knows you.';
const WRONG_NAME = 'This name cannot be shown. Use 1 to 40 letters, digits or signs.';

function wrongCode(code: string): string {
  const start = 'A class code has four letters and digits, such as 4KD7.';
  const foreign = foreignTo(code);
  return [...code].length === 4
    ? `${start} It never holds ${foreign.join(' or ')}: read it again.`
    : start;
}
