/** Mantine in the product's own light: night, tungsten and paper (ui/theme.css), its typeface and its corners. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

// From the brightest text to the darkest ground; Mantine takes borders from the fifth, the page's ground from the eighth.
const night: MantineColorsTuple = [
  '#f5f1ea',
  '#d5d8dc',
  '#aeb7c5',
  '#8d9aad',
  '#2c3747',
  '#1d2635',
  '#131924',
  '#0b0e14',
  '#080a10',
  '#05070a',
];
const tungsten: MantineColorsTuple = [
  '#fff3e8',
  '#ffe3cb',
  '#ffd2ab',
  '#ffc595',
  '#ffb070',
  '#f79d55',
  '#dd8440',
  '#b4682d',
  '#87491b',
  '#5a2f10',
];

export const theme = createTheme({
  colors: { dark: night, tungsten },
  primaryColor: 'tungsten',
  primaryShade: 4,
  autoContrast: true,
  black: '#241303',
  white: '#f5f1ea',
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace',
  headings: { fontFamily: 'var(--font)', fontWeight: '700' },
  defaultRadius: 'var(--round-small)',
  cursorType: 'pointer',
  components: {
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'var(--round)',
        overlayProps: { opacity: 0.75, color: '#05070a' },
        styles: {
          content: { border: '1px solid var(--line)', background: 'var(--night-raised)' },
          header: { background: 'var(--night-raised)' },
          title: { fontSize: '1.2rem', fontWeight: 700 },
        },
      },
    },
    Tooltip: { defaultProps: { color: 'dark.5', events: { hover: true, focus: true, touch: false } } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'error', 'description'] } },
    Menu: { defaultProps: { shadow: 'xl', position: 'bottom-end' } },
    // What tells a box from the ground is its line: 3:1.
    Checkbox: { defaultProps: { styles: { input: { borderColor: 'var(--line-control)' } } } },
    Chip: { defaultProps: { styles: { label: { borderColor: 'var(--line-control)' } } } },
    Radio: { defaultProps: { styles: { radio: { borderColor: 'var(--line-control)' } } } },
    Progress: { defaultProps: { color: 'tungsten' } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {},
  dark: {
    '--mantine-color-dimmed': '#aeb7c5',
    '--mantine-color-placeholder': '#8d9aad',
    '--mantine-color-error': '#ff9387',
    '--mantine-color-anchor': '#ffc595',
    // Mantine derives these from the shade of the primary colour, which made danger nearly white.
    '--mantine-color-red-outline': '#ff9387',
    '--mantine-color-red-light-color': '#ff9387',
    // The line around a field is what tells that it is one: 3:1 against the ground.
    '--mantine-color-default-border': '#718096',
  },
});
