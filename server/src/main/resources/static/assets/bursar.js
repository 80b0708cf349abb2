// What the pages can do beyond links and forms. Everything here is a convenience: without it every page still works.
'use strict';
(() => {
    const all = (selector, root = document) => [...root.querySelectorAll(selector)];

    const say = (text, tone = '') => {
        const place = document.querySelector('.toasts');
        if (!place) {
            return;
        }
        const toast = document.createElement('div');
        toast.className = ('toast ' + tone).trim();
        toast.textContent = text;
        place.append(toast);
        while (place.children.length > 3) {
            place.firstChild.remove();
        }
        setTimeout(() => toast.remove(), tone === 'bad' ? 12000 : 4000);
    };

    // Copying: the button says what happened, and so does the live region.
    const copy = async (button) => {
        let copied = true;
        try {
            await navigator.clipboard.writeText(button.dataset.copy);
        } catch {
            copied = copiedByHand(button.dataset.copy);
        }
        button.dataset.word ??= button.textContent;
        button.textContent = copied ? 'copied' : 'not copied';
        button.classList.add(copied ? 'done' : 'failed');
        say(copied ? 'Copied.' : 'The browser did not allow copying. Select the text instead.', copied ? '' : 'bad');
        setTimeout(() => {
            button.textContent = button.dataset.word;
            button.classList.remove('done', 'failed');
        }, 1600);
    };

    // Pages served without TLS, as on a server's own network, have no clipboard of the modern kind.
    const copiedByHand = (text) => {
        const area = document.createElement('textarea');
        area.value = text;
        area.className = 'unseen';
        document.body.append(area);
        area.select();
        const copied = document.execCommand('copy');
        area.remove();
        return copied;
    };

    // Times: the server words them once, this keeps the words true. Same words as Ui.ago and Ui.span.
    const span = (milliseconds) => {
        const seconds = Math.floor(milliseconds / 1000);
        if (seconds >= 86400) {
            return Math.floor(seconds / 86400) + ' d';
        }
        if (seconds >= 3600) {
            return Math.floor(seconds / 3600) + ' h';
        }
        return seconds >= 60 ? Math.floor(seconds / 60) + ' min' : seconds + ' s';
    };

    // The server's clock is the one that counts: pages carry its time, so that a wrong clock here misleads nobody.
    const served = Date.parse(document.querySelector('meta[name="served-at"]')?.content ?? '');
    const offset = Number.isNaN(served) ? 0 : served - Date.now();
    const now = () => Date.now() + offset;

    const RELATIVE_DAYS_MAX = 45;
    const refreshTimes = () => all('time.ago[datetime], time.age[datetime]').forEach((time) => {
        const since = now() - Date.parse(time.dateTime);
        if (Math.abs(since) > RELATIVE_DAYS_MAX * 86400000) {
            return;
        }
        const age = span(Math.abs(since));
        const text = time.classList.contains('age') ? age
            : Math.abs(since) < 1000 ? 'now' : since < 0 ? 'in ' + age : age + ' ago';
        if (time.textContent !== text) {
            time.textContent = text;
        }
    });

    // Countdowns: <b data-countdown="2026-11-21T04:12:00Z">; a <progress data-countdown-from data-countdown> empties.
    const refreshCountdowns = () => all('[data-countdown]').forEach((place) => {
        const end = Date.parse(place.dataset.countdown);
        const left = Math.max(0, Math.ceil((end - now()) / 1000));
        if (place instanceof HTMLProgressElement) {
            place.value = Math.max(0, Math.min(place.max, place.max * (end - now()) / (end - Date.parse(place.dataset.from))));
        } else {
            const hours = Math.floor(left / 3600);
            const minutes = Math.floor(left / 60) % 60;
            const seconds = String(left % 60).padStart(2, '0');
            place.textContent = hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
        }
        if (left === 0 && !place.dataset.ended) {
            place.dataset.ended = 'true';
            place.dispatchEvent(new CustomEvent('countdown-ended', { bubbles: true }));
        }
    });

    // On a phone a row becomes a small list; each cell then needs the name its column had.
    const labelCells = () => all('table').forEach((table) => {
        const names = all('thead th', table).map((head) => head.textContent.trim());
        if (names.length > 0) {
            all('tbody > tr:not(.more):not([data-labelled])', table).forEach((row) => {
                row.dataset.labelled = '';
                [...row.cells].forEach((cell, place) => names[place] && (cell.dataset.label ??= names[place]));
            });
        }
    });

    // Keys: / searches, g then a letter goes, j and k move, Enter opens, Esc closes.
    const rows = () => all('tbody > tr:not(.more), .links > li').filter((row) => row.querySelector('a[href]'));
    const move = (by) => {
        const list = rows();
        const from = list.findIndex((row) => row.classList.contains('at'));
        const to = list[Math.max(0, Math.min(list.length - 1, from + by))];
        if (to) {
            list[from]?.classList.remove('at');
            to.classList.add('at');
            to.querySelector('a[href]').focus({ preventScroll: true });
            to.scrollIntoView({ block: 'nearest' });
        }
    };
    const close = () => {
        const active = document.activeElement;
        all('tr.at, li.at').forEach((row) => row.classList.remove('at'));
        all('details.menu[open]').forEach((menu) => menu.removeAttribute('open'));
        if (active instanceof HTMLElement) {
            active.blur();
        }
    };
    let going = 0;
    const GOING_MILLISECONDS_MAX = 1200;
    const typing = (target) => target instanceof Element && target.closest('input, textarea, select, [contenteditable]');

    document.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') {
            close();
            return;
        }
        if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
            return;
        }
        if (going > Date.now()) {
            going = 0;
            const link = document.querySelector(`[data-go="${CSS.escape(event.key.toLowerCase())}"]`);
            if (link) {
                event.preventDefault();
                location.assign(link.href);
            }
            return;
        }
        const search = document.getElementById('search');
        const keys = {
            '/': () => search?.select(),
            g: () => { going = Date.now() + GOING_MILLISECONDS_MAX; return true; },
            j: () => move(1),
            k: () => move(-1),
        };
        if (Object.hasOwn(keys, event.key)) {
            event.preventDefault();
            keys[event.key]();
        }
    });

    document.addEventListener('click', (event) => {
        const target = event.target instanceof Element ? event.target : null;
        const copying = target?.closest('[data-copy]');
        if (copying) {
            copy(copying);
            return;
        }
        const opening = target?.closest('[data-dialog]');
        if (opening) {
            document.getElementById(opening.dataset.dialog)?.showModal();
            return;
        }
        target?.closest('[data-close]')?.closest('dialog')?.close();
        if (target?.closest('[data-theme-switch]')) {
            switchTheme();
        }
    });

    const switchTheme = () => {
        const root = document.documentElement;
        const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
        root.dataset.theme = dark ? 'light' : 'dark';
        document.cookie = `bursar_theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
        say(`The ${root.dataset.theme} theme, on this device.`);
    };

    // A form sent once is sent once; a page brought back from the cache may send again.
    document.addEventListener('submit', (event) => {
        if (event.target.method === 'post' && !event.target.hasAttribute('hx-post')) {
            setTimeout(() => all('button[type="submit"], button:not([type])', event.target).forEach((b) => { b.disabled = true; }));
        }
    });
    addEventListener('pageshow', (event) => event.persisted && location.reload());

    const failed = (event) => {
        const request = event.detail.xhr?.getResponseHeader?.('X-Request-Id');
        say(`This part could not be loaded${request ? ' (request ' + request + ')' : ''}. It is tried again with the page.`, 'bad');
    };
    document.addEventListener('htmx:responseError', failed);
    document.addEventListener('htmx:sendError', failed);
    document.addEventListener('htmx:afterSettle', () => { labelCells(); refreshTimes(); refreshCountdowns(); });

    all('[data-theme-switch]').forEach((button) => { button.hidden = false; });
    labelCells();
    refreshTimes();
    refreshCountdowns();
    setInterval(refreshTimes, 5000);
    if (document.querySelector('[data-countdown]')) {
        setInterval(refreshCountdowns, 1000);
    }
})();
