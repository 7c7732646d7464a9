// The head of a demo: its title, what it does, and its knobs.

import type { ReactNode } from 'react';
import type { Demo } from '../demos/demo.ts';
import styles from './DemoView.module.css';
import { useTitle } from './use-title.ts';

interface Props {
  readonly demo: Demo;
  readonly level: 1 | 2;
  readonly children: ReactNode;
}

export function DemoHead({ demo: { title, action }, level, children }: Props) {
  const Heading = `h${level}` as const;
  return (
    <header className={styles.head}>
      {level === 1 ? <Title title={title} /> : null}
      <Heading>{title}</Heading>
      <p>{action}</p>
      {children}
    </header>
  );
}

function Title({ title }: { readonly title: string }) {
  useTitle(title);
  return null;
}
