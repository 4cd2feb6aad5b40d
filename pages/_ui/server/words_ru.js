// Streamlit's own words in Russian. It has no translations, so they are replaced as they appear.
// Invariant: text written by the app or by a person (always inside a markdown container) is never touched.
(() => {
  "use strict";
  const WORDS = {
    "Add an option": "Добавьте значение",
    "Add files": "Добавить файлы",
    "Add options": "Добавьте значения",
    "Add row": "Добавить строку",
    "App pages": "Разделы",
    "Autosize": "По ширине содержимого",
    "Cancel": "Отмена",
    "Choose an option": "Выберите",
    "Choose date": "Выбрать дату",
    "Choose date range": "Выбрать период",
    "Choose options": "Выберите",
    "Choose or add an option": "Выберите или добавьте",
    "Choose or add options": "Выберите или добавьте",
    "Clear all": "Очистить",
    "Clear date": "Очистить дату",
    "Clear dates": "Очистить даты",
    "Clear entry": "Очистить",
    "Clear selection": "Снять выделение",
    "Clear value": "Очистить",
    "Click to retry upload": "Нажмите, чтобы загрузить ещё раз",
    "Close": "Закрыть",
    "Close Search": "Закрыть поиск",
    "Close fullscreen": "Свернуть",
    "Collapse sidebar": "Свернуть меню",
    "Compact": "Кратко",
    "Connecting": "Соединение",
    "Connecting to Streamlit server": "Соединяемся с программой",
    "Connection lost. Please wait for the app to reconnect, then try again.":
      "Связь потеряна. Подождите, пока она восстановится, и попробуйте ещё раз.",
    "Connection error": "Нет связи с программой",
    "Copied!": "Скопировано",
    "Copy": "Копировать",
    "Copy column name": "Скопировать название столбца",
    "Copy to clipboard": "Копировать",
    "Copy Vega-Lite spec": "Скопировать описание графика",
    "Dark": "Тёмная",
    "Date range": "Период",
    "Delete row(s)": "Удалить строки",
    "Download as CSV": "Скачать CSV",
    "Download as PNG": "Скачать картинку",
    "Drag and drop a file here": "Перетащите файл сюда",
    "Drag and drop directories here": "Перетащите папки сюда",
    "Drag and drop files here": "Перетащите файлы сюда",
    "Expand sidebar": "Открыть меню",
    "Error: ": "Ошибка: ",
    "Format": "Формат",
    "Fullscreen": "Во весь экран",
    "Hide column": "Скрыть столбец",
    "Hide password": "Скрыть пароль",
    "Invalid input.": "Здесь что-то не так.",
    "Light": "Светлая",
    "Link to heading": "Ссылка на заголовок",
    "Loading...": "Загрузка…",
    "Main menu": "Меню",
    "Network error": "Нет связи",
    "Next Result": "Следующее",
    "Next month": "Следующий месяц",
    "Next page": "Следующая страница",
    "No options": "Нет вариантов",
    "No options to select": "Нет вариантов",
    "No results": "Ничего не найдено",
    "Notifications": "Уведомления",
    "Number is above the allowed range.": "Число больше допустимого.",
    "Number is below the allowed range.": "Число меньше допустимого.",
    "Only one file is allowed.": "Можно только один файл.",
    "Open": "Открыть",
    "Page not found": "Такой страницы нет",
    "Pagination": "Страницы",
    "Pin column": "Закрепить столбец",
    "Previous Result": "Предыдущее",
    "Previous month": "Предыдущий месяц",
    "Previous page": "Предыдущая страница",
    "Print": "Печать",
    "Quick select a date range": "Быстрый выбор периода",
    "Reconnected to server.": "Связь восстановлена.",
    "Rerun": "Обновить",
    "Running...": "Считаем…",
    "Search": "Найти",
    "Select all": "Выбрать все",
    "Select...": "Выберите",
    "Settings": "Настройки",
    "Show chart": "Показать график",
    "Show data": "Показать данные",
    "Show password": "Показать пароль",
    "Show/hide columns": "Столбцы",
    "Skip to main content": "Перейти к содержимому",
    "Sort ascending": "По возрастанию",
    "Sort descending": "По убыванию",
    "Statistics": "Статистика",
    "Stop": "Остановить",
    "Stop script": "Остановить",
    "System": "Как в системе",
    "Theme": "Оформление",
    "Try again": "Ещё раз",
    "Type to search": "Начните вводить",
    "Unexpected error. Please try again.": "Что-то пошло не так. Попробуйте ещё раз.",
    "Unpin column": "Открепить столбец",
    "Upload": "Загрузить",
    "Upload directories": "Загрузить папки",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Стрелки — выбор даты, Enter — готово, Escape — закрыть.",
    "Use system setting": "Как в системе",
    "Past Week": "Последняя неделя",
    "Past Month": "Последний месяц",
    "Past 3 Months": "Последние 3 месяца",
    "Past 6 Months": "Последние 6 месяцев",
    "Past Year": "Последний год",
    "Past 2 Years": "Последние 2 года",
    "file upload": "загрузка файлов",
    "here": "сюда",
  };
  const PATTERNS = [
    [/^(\d+(?:[.,]\d+)?) ?(KB|MB|GB|B) per file(.*)$/, (_, n, unit, rest) => `до ${n} ${SIZES[unit]} на файл${rest}`],
    [/^(\d+(?:[.,]\d+)?) ?(KB|MB|GB)$/, (_, n, unit) => `${n.replace(".", ",")} ${SIZES[unit]}`],
    [/^File is larger than (.*)$/, (_, size) => `Файл больше ${size}. ${LARGER}`],
    [/^File must be (.*) or smaller\.$/, (_, size) => `Файл должен быть не больше ${size}. ${LARGER}`],
    [/^(.*) files are not allowed\.$/, (_, type) => `Файлы ${type} не подходят.`],
    [/^Press (?:⌘|Ctrl)\+Enter to (?:apply|submit form)$/, () => "Ctrl+Enter — применить"],
    [/^Press Enter to (?:apply|submit form)$/, () => "Enter — применить"],
    [/^Remove (.*)$/, (_, name) => `Убрать «${name}»`],
    [/^Cancel upload of (.*)$/, (_, name) => `Отменить загрузку «${name}»`],
    [/^Add: (.*)$/, (_, name) => `Добавить: ${name}`],
    [/^Select (\d+) matches$/, (_, n) => `Выбрать найденные (${n})`],
    [/^Page (\d+)$/, (_, n) => `Страница ${n}`],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/, (_, n) => `Можно выбрать не больше ${n}. Сначала уберите лишнее.`],
    [/^You have requested page .*$/, () => "По этому адресу ничего нет. Открыт главный раздел."],
    [/^The page that you have requested .*$/, () => "По этому адресу ничего нет. Открыт главный раздел."],
    [/^Please wait\.*$/i, () => "Подождите…"],
  ];
  const LARGER = "Файл больше загрузит команда: python -m kpi import ФАЙЛ";
  const SIZES = { B: "Б", KB: "КБ", MB: "МБ", GB: "ГБ" };
  const ATTRIBUTES = ["aria-label", "placeholder", "title"];
  const WRITTEN = '[data-testid="stMarkdownContainer"], [data-testid="stHtml"], [data-baseweb="tag"], pre, svg, canvas';
  const OURS = 'svg, canvas, [data-testid="stHtml"]'; // speak the reader's language already
  const CHROME = '[data-testid="stFileUploaderDropzone"]'; // Streamlit wraps its own button's word in markdown there
  const originals = new WeakMap();

  let asked = {};
  const russian = () => {
    const { search } = window.location, { lang } = document.documentElement;
    if (asked.search !== search || asked.lang !== lang) {
      asked = { search, lang, russian: (new URLSearchParams(search).get("lang") || lang) === "ru" };
    }
    return asked.russian;
  };

  const inRussian = (text) => {
    const bare = text.trim();
    if (!bare || !/[A-Za-z]/.test(bare)) return text;
    if (Object.hasOwn(WORDS, bare)) return text.replace(bare, WORDS[bare]);
    for (const [pattern, say] of PATTERNS) if (pattern.test(bare)) return bare.replace(pattern, say);
    return text;
  };

  const word = (node) => {
    const parent = node.parentElement;
    if (parent === null || (parent.closest(WRITTEN) !== null && parent.closest(CHROME) === null)) return;
    const known = originals.get(node);
    if (!russian()) {
      if (known !== undefined && node.data === known.after) node.data = known.before;
      return;
    }
    const after = inRussian(node.data);
    if (after !== node.data) {
      originals.set(node, { before: node.data, after });
      node.data = after;
    }
  };

  const attributes = (element) => {
    if (!russian()) return;
    for (const name of ATTRIBUTES) {
      const before = element.getAttribute(name);
      const after = before === null ? null : inRussian(before);
      if (after !== before) element.setAttribute(name, after);
    }
  };

  const walk = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return word(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    attributes(root);
    const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) word(node);
      else attributes(node);
    }
  };

  let spoken = russian();
  new MutationObserver((changes) => {
    if (spoken !== russian()) {
      spoken = russian();
      document.documentElement.lang = spoken ? "ru" : "en";
      return walk(document.body);
    }
    for (const change of changes) {
      const element = change.target.nodeType === Node.ELEMENT_NODE ? change.target : change.target.parentElement;
      if (element === null || element.closest(OURS) !== null) continue; // a chart changes in hundreds of places
      if (change.type === "childList") change.addedNodes.forEach(walk);
      else if (change.type === "characterData") word(change.target);
      else attributes(change.target);
    }
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
})();
