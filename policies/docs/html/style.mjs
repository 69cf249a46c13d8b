/** The style of all pages. */
export const STYLE = `
:root{color-scheme:light dark;--fg:#1b2126;--dim:#56606b;--line:#d5dbe1;--bg:#fff;--soft:#f3f5f7;--link:#0b4f9c;--critical:#96061a;--high:#b3261e;--medium:#8a4b00;--low:#2f5b76;--good:#1a6334}
@media (prefers-color-scheme:dark){:root{--fg:#e4e8eb;--dim:#9ba7b2;--line:#353d45;--bg:#13171b;--soft:#1c2227;--link:#8bbcf5;--critical:#ff9d9d;--high:#ff8a80;--medium:#f2b45c;--low:#8fc3e0;--good:#86d8a0}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.55 system-ui,sans-serif}
header,main,footer{max-width:76rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.5rem}main{padding-bottom:3rem}footer{padding-bottom:2rem;color:var(--dim);font-size:.875rem}
h1{font-size:1.6rem;line-height:1.25;margin:.25rem 0 .5rem;overflow-wrap:anywhere}h2{font-size:1.15rem;margin:2rem 0 .5rem}
p,ul,ol{max-width:46rem}a{color:var(--link)}
a:focus-visible,input:focus-visible,select:focus-visible,button:focus-visible,.scroll:focus-visible,pre:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999rem}.skip:focus{left:.5rem;top:.5rem;background:var(--bg);padding:.5rem}
.dim{color:var(--dim)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:.875em}
code{overflow-wrap:anywhere}
pre{background:var(--soft);border:1px solid var(--line);border-radius:.4rem;padding:.75rem 1rem;overflow-x:auto;max-width:60rem}pre code{overflow-wrap:normal}
.filters{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem;align-items:end;margin:1rem 0;padding:1rem;background:var(--soft);border:1px solid var(--line);border-radius:.5rem}
.filters label{display:grid;gap:.25rem;font-size:.875rem;font-weight:600}.filters .search{grid-column:1/-1}
input,select,button{font:inherit;font-weight:400;color:inherit;background:var(--bg);border:1px solid var(--dim);border-radius:.35rem;padding:.4rem .5rem;width:100%;min-height:2.5rem}
button{cursor:pointer}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.5rem .6rem;border-bottom:1px solid var(--line)}
thead th{font-size:.875rem;color:var(--dim);border-bottom:2px solid var(--line)}tbody th{font-weight:400}
td p{margin:0}.ids{font-size:.875rem;color:var(--dim)}.name{display:block;font-size:.875rem;color:var(--dim);overflow-wrap:anywhere}
.severity{display:inline-block;border:1px solid currentColor;border-radius:.3rem;padding:0 .4rem;font-size:.8125rem;font-weight:600;white-space:nowrap}
.critical{color:var(--bg);background:var(--critical);border-color:var(--critical)}.high{color:var(--high)}.medium{color:var(--medium)}.low{color:var(--low)}
@media (min-width:44.01rem){.catalogue{table-layout:fixed}.catalogue th:nth-child(1){width:40%}.catalogue th:nth-child(2){width:6.5rem}.catalogue th:nth-child(3){width:16%}}
th code{white-space:nowrap;overflow-wrap:normal}.parameters{min-width:34rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1rem;margin:1rem 0}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
[hidden]{display:none!important}
@media (max-width:44rem){
.catalogue thead{position:absolute;left:-999rem}.catalogue tr{display:block;padding:.6rem 0;border-bottom:1px solid var(--line)}.catalogue th,.catalogue td{display:inline;border:0;padding:0 .5rem 0 0}.catalogue th{display:block;padding:0 0 .25rem}
dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
@media print{:root{--bg:#fff;--fg:#000;--dim:#333;--line:#999;--soft:#fff;--link:#000}.filters,.skip,nav{display:none}body{font-size:10pt}tr,pre{break-inside:avoid}pre{white-space:pre-wrap}}
`
