import '@kern-ux/native/dist/kern.min.css';
import './styles/kern-rtl.css';
import './styles/fonts.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/print.css';

import { mount } from 'svelte';

import App from './App.svelte';
import { app } from './lib/app.svelte';
import { choosePlatform } from './lib/platform/choose';

const target = document.getElementById('app');
if (target) {
  await app.start(await choosePlatform(window));
  target.replaceChildren();
  mount(App, { target });
}
