// The addresses of the product. They are stable: people link to them.

import type { RouteObject } from 'react-router';
import { AppShell } from './AppShell.tsx';
import { ErrorPage } from './ErrorPage.tsx';
import { HomePage } from './HomePage.tsx';
import { Loading } from './Loading.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';

const lessons = () => import('./LessonsPage.tsx').then((m) => ({ Component: m.LessonsPage }));
const lesson = () => import('./LessonPage.tsx').then((m) => ({ Component: m.LessonPage }));
const demos = () => import('./DemosPage.tsx').then((m) => ({ Component: m.DemosPage }));
const demo = () => import('./DemoPage.tsx').then((m) => ({ Component: m.DemoPage }));
const inspector = () => import('./InspectorPage.tsx').then((m) => ({ Component: m.InspectorPage }));
const glossary = () => import('./GlossaryPage.tsx').then((m) => ({ Component: m.GlossaryPage }));
const term = () => import('./TermPage.tsx').then((m) => ({ Component: m.TermPage }));
const drive = () => import('./DrivePage.tsx').then((m) => ({ Component: m.DrivePage }));
const join = () => import('./class/JoinPage.tsx').then((m) => ({ Component: m.JoinPage }));
const learner = () => import('./class/ClassPage.tsx').then((m) => ({ Component: m.ClassPage }));
const teach = () => import('./class/TeachPage.tsx').then((m) => ({ Component: m.TeachPage }));
const console = () => import('./class/ConsolePage.tsx').then((m) => ({ Component: m.ConsolePage }));

export const ROUTES: RouteObject[] = [
  {
    element: <AppShell />,
    errorElement: <ErrorPage />,
    HydrateFallback: Loading,
    children: [
      { index: true, element: <HomePage /> },
      { path: 'lessons', lazy: lessons },
      { path: 'lessons/:slug/:step?', lazy: lesson },
      { path: 'demos', lazy: demos },
      { path: 'demos/:id', lazy: demo },
      { path: 'inspector', lazy: inspector },
      { path: 'glossary', lazy: glossary },
      { path: 'glossary/:term', lazy: term },
      { path: 'drive', lazy: drive },
      { path: 'join/:code?', lazy: join },
      { path: 'class/:code', lazy: learner },
      { path: 'teach', lazy: teach },
      { path: 'teach/:code', lazy: console },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];
