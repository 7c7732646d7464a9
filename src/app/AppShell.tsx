// The frame of every page: name, navigation, look-up, class status, theme. Knows no page's inside.

import { lazy, Suspense, useEffect, useState } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router';
import styles from './AppShell.module.css';
import { useHasClassBar } from './class/use-place.ts';
import { Mark } from './Mark.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';

// Both need more than the reading path may load, so they come after the first paint.
const LookUp = lazy(() => import('../glossary/LookUp.tsx').then((m) => ({ default: m.LookUp })));
const ClassBar = lazy(() => import('./class/ClassBar.tsx').then((m) => ({ default: m.ClassBar })));

const SECTIONS = [
  { to: '/lessons', name: 'Lessons' },
  { to: '/demos', name: 'Demos' },
  { to: '/glossary', name: 'Glossary' },
  { to: '/inspector', name: 'Inspector' },
] as const;

export function AppShell() {
  const settled = useSettled();
  const lookUp = useLookUpKey();
  const hasClassBar = useHasClassBar();
  return (
    <div className={styles.shell} data-class={hasClassBar}>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <header className={styles.header}>
        <Link to="/" className={styles.name}>
          <Mark />
          Wirelight
        </Link>
        <nav aria-label="Sections" className={styles.nav}>
          {SECTIONS.map(({ to, name }) => (
            <NavLink key={to} to={to}>
              {name}
            </NavLink>
          ))}
        </nav>
        <button
          type="button"
          className={styles.lookUp}
          aria-keyshortcuts="/ Control+K Meta+K"
          onClick={lookUp.open}
        >
          <span>Look up a term…</span>
          <kbd>/</kbd>
        </button>
        <ThemeSwitch />
      </header>
      <Suspense>{settled && hasClassBar ? <ClassBar /> : null}</Suspense>
      <main id="main" tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <Suspense>{lookUp.isOpen ? <LookUp onClose={lookUp.close} /> : null}</Suspense>
      <ScrollRestoration />
    </div>
  );
}

/** True once the first paint is over and the browser has nothing better to do. */
function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), 0);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}

function useLookUpKey() {
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  // Choosing a term leads to its page; the dialog has then done its work.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is the trigger, not an input
  useEffect(() => setOpen(false), [pathname]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isChord = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
      const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!isChord && !(isSlash && !isTyping(event.target))) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return { isOpen, open: () => setOpen(true), close: () => setOpen(false) };
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type=radio],[type=checkbox],[type=range]), textarea, select'));
