// The front door: what this is, and the three ways in.

import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import styles from './HomePage.module.css';
import { useTitle } from './use-title.ts';

/** No part of what must be there to read: it comes after the text. */
const HomePicture = lazy(() =>
  import('./HomePicture.tsx').then((m) => ({ default: m.HomePicture })),
);

export function HomePage() {
  useTitle('Wirelight');
  return (
    <div className={styles.home}>
      <div className={styles.hero}>
        <div>
          <h1>See how networked programs talk, byte by byte</h1>
          <p className={styles.lead}>
            Open a lesson, and your browser talks to a small live server. Wirelight shows you the
            frames they just exchanged, slowed down until they can be understood, with every byte
            explained. Then break the connection on purpose, and see what becomes of your messages.
          </p>
          <p className={styles.starts}>
            <Link className={styles.start} to="/lessons/client-server-socket">
              Begin with lesson 1
            </Link>
            <Link to="/lessons/does-socketio-use-http">Or: does Socket.IO use HTTP?</Link>
          </p>
        </div>
        <div className={styles.picture}>
          <Suspense>
            <HomePicture />
          </Suspense>
        </div>
      </div>
      <ul className={styles.ways}>
        <li>
          <h2>
            <Link to="/lessons">Learn at your own pace</Link>
          </h2>
          <p>Predict first, then let the packets decide. No account, nothing to install.</p>
        </li>
        <li>
          <h2>
            <Link to="/join">Join a class</Link>
          </h2>
          <p>Type the code that your instructor shows. What the class looks at opens here too.</p>
        </li>
        <li>
          <h2>
            <Link to="/teach">Teach a class</Link>
          </h2>
          <p>Get a code, push a step or a moment of a capture to every screen, live.</p>
        </li>
        <li>
          <h2>
            <Link to="/glossary">Look up a term</Link>
          </h2>
          <p>
            Press <kbd>/</kbd> anywhere. One sentence first, then an example, then what it is often
            confused with.
          </p>
        </li>
      </ul>
    </div>
  );
}
