// The way into a class: code and display name.

import { type FormEvent, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { CLASS_VERSION, type Joined } from '../../contract/class.ts';
import { ask } from '../../live/app-socket.ts';
import { rememberClass, rememberedClasses } from '../../live/class-memory.ts';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../Page.tsx';
import styles from './JoinPage.module.css';

export function JoinPage() {
  const { code: given = '' } = useParams();
  const navigate = useNavigate();
  const [failure, setFailure] = useState<string>();
  const join = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const code = String(form.get('code')).replace(/[\s-]/g, '').toUpperCase();
    const name = String(form.get('name')).trim();
    if (rememberedClasses()[code]?.joined) return navigate(`/class/${code}`);
    const reply = await ask<Joined>('class:join', { version: CLASS_VERSION, code, name });
    if (!reply.ok) {
      setFailure(reply.code === 'bad-request' ? WRONG : reply.message);
      return;
    }
    rememberClass(code, { joined: { ...reply.value, name } });
    return navigate(`/class/${code}`);
  };
  return (
    <Page
      title="Join a class"
      lead="No account. Your name is seen by your instructor and your class."
    >
      <form className={styles.form} onSubmit={(event) => void join(event)}>
        <label>
          Class code
          <input
            name="code"
            required
            defaultValue={given.toUpperCase()}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            className={styles.code}
          />
        </label>
        <label>
          Your name
          <input name="name" required maxLength={40} autoComplete="nickname" />
        </label>
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
        <Button kind="primary" type="submit">
          Join
        </Button>
      </form>
    </Page>
  );
}

const WRONG =
  'A class code has four letters and digits, such as 4KD7. Check it, and your name, and try again.';
