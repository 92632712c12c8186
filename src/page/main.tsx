import { render } from 'preact';
import { Page } from './page.js';
import { live } from './state/live.js';
import './state/theme.js';

const root = document.getElementById('page');
if (root === null) throw new Error('index.html has no #page');
render(<Page />, root);
void live();
