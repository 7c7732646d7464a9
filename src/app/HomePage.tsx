// The front door: what this is, and the three ways in.

import { Link } from 'react-router';
import styles from './HomePage.module.css';
import { useTitle } from './use-title.ts';

export function HomePage() {
  useTitle('Wirelight');
  return (
    <div className={styles.home}>
      <h1>See how networked programs talk, byte by byte</h1>
      <p className={styles.lead}>
        Open a lesson, and your browser talks to a small live server. Wirelight shows you the frames
        they just exchanged, slowed down until they can be understood, with every byte explained.
      </p>
      <p>
        <Link className={styles.start} to="/lessons/does-socketio-use-http">
          Start: does Socket.IO use HTTP?
        </Link>
      </p>
      <ul className={styles.ways}>
        <li>
          <h2>
            <Link to="/lessons">Learn at your own pace</Link>
          </h2>
          <p>Predict first, then watch your own traffic decide. No account, nothing to install.</p>
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
