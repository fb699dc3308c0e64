using Metering.Core.Notes.Document;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Notes;

/// <summary>Style sheet of the note, for screen and A4 paper. System fonts only: nothing is fetched.</summary>
internal static class HtmlNoteStyle
{
    public static string Css(NoteDocument document) => Sheet
        .Replace("@FOOT@", Text(document.Footer), StringComparison.Ordinal)
        .Replace("@MENTION@", Text(document.MentionLine), StringComparison.Ordinal)
        .Replace("@MARK@", Text(document.Mark), StringComparison.Ordinal)
        .Replace("@PAGE@", Text(document.Language.Of("page ", "page ")), StringComparison.Ordinal);

    // Inside a CSS string, and inside a style element: backslash, quote and angle bracket are escaped by number.
    private static string Text(string text) => text
        .Replace("\\", "\\5c ", StringComparison.Ordinal).Replace("\"", "\\22 ", StringComparison.Ordinal)
        .Replace("<", "\\3c ", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal).Replace("\r", " ", StringComparison.Ordinal);

    private const string Sheet = """
        :root { --ink: #1b2733; --soft: #5b6b78; --line: #d3dbe1; --blue: #0b5c92; --tint: #f3f7fa; --warm: #9a5a12; }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; color: var(--ink); background: #fff; font: 16px/1.5 "Source Sans 3", "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
        main { max-width: 820px; margin: 0 auto; padding: 0 24px 48px; }
        .mark { margin: 0; padding: 8px 24px; text-align: center; font-weight: 600; font-size: 14px; color: #5d3408; background: #fdf1de; border-bottom: 2px solid #d9822b; }
        .cover { padding: 56px 0 28px; border-bottom: 3px solid var(--blue); }
        .kind { margin: 0; color: var(--blue); font-weight: 600; letter-spacing: .06em; text-transform: uppercase; font-size: 14px; }
        h1 { margin: 4px 0 20px; font-size: 38px; line-height: 1.15; font-weight: 700; }
        .cover dl { margin: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 10px 32px; }
        dt { font-size: 13px; color: var(--soft); }
        dd { margin: 0; font-weight: 600; }
        .mention { margin: 20px 0 0; font-size: 14px; color: var(--soft); }
        .cover img.photo { display: block; max-width: 100%; max-height: 320px; margin: 20px 0 0; }
        .logos { display: flex; flex-wrap: wrap; align-items: center; gap: 24px; margin-top: 16px; }
        .logos img { max-height: 56px; max-width: 200px; }
        .sheet .cover img.photo { display: none; }
        h2 { margin: 48px 0 12px; font-size: 25px; line-height: 1.2; }
        h3 { margin: 32px 0 8px; font-size: 19px; }
        .no { color: var(--blue); margin-right: 8px; font-variant-numeric: tabular-nums; }
        p { margin: 0 0 12px; }
        ul { margin: 0 0 12px; padding-left: 22px; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 14px; margin: 16px 0 20px; }
        .tile { border: 1px solid var(--line); border-top: 5px solid var(--soft); border-radius: 4px; padding: 12px 14px; }
        .tile p { margin: 0 0 4px; font-size: 14px; line-height: 1.35; }
        .tile .name { font-weight: 600; }
        .tile .figure { font-size: 17px; }
        .tile .figure b { font-size: 31px; line-height: 1.2; font-variant-numeric: tabular-nums; letter-spacing: -.01em; }
        .tile .remark, .tile .target { color: var(--soft); }
        .tile .verdict { font-weight: 600; margin-top: 8px; }
        .tile.reached { border-top-color: #1f7a55; }
        .tile.reached .verdict::before { content: "✓ "; }
        .tile.compatible { border-top-color: var(--blue); }
        .tile.compatible .verdict::before { content: "≈ "; }
        .tile.missed { border-top-color: #b3401f; }
        .tile.missed .verdict::before { content: "✗ "; }
        .tile.open .verdict::before { content: "? "; }
        .box { margin: 16px 0; padding: 12px 16px; border-left: 5px solid var(--soft); background: var(--tint); }
        .box h4 { margin: 0 0 6px; font-size: 16px; }
        .box p { margin: 0 0 4px; font-size: 15px; }
        .box.proof { border-left-color: #1f7a55; }
        .box.warning { border-left-color: #d9822b; background: #fdf6ea; }
        .missing { padding: 10px 14px; border: 1px dashed var(--warm); color: #5d3408; font-size: 15px; }
        .missing::before { content: "— "; }
        .table { margin: 18px 0 22px; overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 1.35; }
        .wide table { font-size: 12.5px; }
        caption { text-align: left; padding-bottom: 6px; font-size: 15px; }
        th, td { padding: 5px 8px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
        .wide th, .wide td { padding: 4px 5px; }
        thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; font-weight: 600; }
        tbody th { font-weight: 600; }
        th small { font-weight: 400; color: var(--soft); white-space: nowrap; }
        .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        thead .n { white-space: normal; }
        td { overflow-wrap: break-word; }
        td.n { overflow-wrap: normal; }
        .grey { color: #8b97a1; font-style: italic; }
        .c0 { background: #f3d9c6; } .c1 { background: #f6e2d2; } .c2 { background: #f8eadd; } .c3 { background: #faf1e8; } .c4 { background: #eef4f8; } .c5 { background: #d9e9f2; }
        .note { margin: 4px 0 0; font-size: 13px; color: var(--soft); }
        figure { margin: 20px 0 26px; }
        figure svg { display: block; width: 100%; height: auto; }
        figcaption { margin-top: 6px; font-size: 14px; }
        .facts { color: var(--soft); }
        .small figure svg { max-height: 340px; }
        .sheet main { max-width: 900px; }
        .sheet .cover { padding: 24px 0 12px; }
        .sheet h1 { font-size: 26px; margin-bottom: 10px; }
        .sheet .kind { text-transform: none; letter-spacing: 0; }
        .sheet h2 { margin: 14px 0 6px; font-size: 18px; }
        footer { max-width: 820px; margin: 0 auto; padding: 12px 24px 32px; font-size: 12.5px; color: var(--soft); border-top: 1px solid var(--line); }
        @page { size: A4; margin: 17mm 15mm 18mm;
          @bottom-left { content: "@FOOT@\a @MENTION@"; white-space: pre; font: 7.5pt "Liberation Sans", Arial, sans-serif; color: #5b6b78; }
          @bottom-right { content: "@PAGE@" counter(page) " / " counter(pages); font: 7.5pt "Liberation Sans", Arial, sans-serif; color: #5b6b78; }
          @top-center { content: "@MARK@"; font: 600 8pt "Liberation Sans", Arial, sans-serif; color: #5d3408; } }
        @media print {
          body { font-size: 10.5pt; line-height: 1.42; }
          main { max-width: none; padding: 0; }
          .mark, footer { display: none; }
          .cover { padding-top: 6mm; }
          h1 { font-size: 27pt; }
          h2 { font-size: 16pt; margin-top: 9mm; break-after: avoid; }
          h3 { font-size: 12.5pt; break-after: avoid; }
          section.page { break-before: page; }
          section.page h2 { margin-top: 0; }
          figure, .box, .tile, tr, .table.short { break-inside: avoid; }
          .note { break-before: avoid; }
          .table { overflow: visible; }
          thead { display: table-header-group; }
          table { font-size: 8.8pt; }
          .wide table { font-size: 7.4pt; }
          .wide th, .wide td { padding: 2px 3px; }
          caption, figcaption { font-size: 9.5pt; }
          .note { font-size: 8.3pt; }
          .tiles { grid-template-columns: repeat(4, 1fr); gap: 8px; }
          .tile { padding: 8px 9px; }
          .tile p { font-size: 8.6pt; }
          .tile .figure { font-size: 10pt; }
          .tile .figure b { font-size: 17pt; }
          .cover img.photo { max-height: 62mm; } .logos { margin-top: 4mm; } .logos img { max-height: 14mm; max-width: 45mm; }
          .sheet .logos { margin-top: 1mm; } .sheet .logos img { max-height: 9mm; max-width: 30mm; }
          .sheet .cover { padding-top: 0; border-bottom-width: 2px; }
          .sheet h1 { font-size: 16pt; margin: 0 0 2mm; }
          .sheet .cover dl { grid-template-columns: repeat(4, 1fr); gap: 1mm 4mm; }
          .sheet dt { font-size: 7pt; } .sheet dd { font-size: 8pt; line-height: 1.25; }
          .sheet .mention { margin-top: 2mm; font-size: 7.5pt; }
          .sheet h2 { font-size: 11.5pt; margin: 3mm 0 1.5mm; }
          .sheet .tiles { margin: 1.5mm 0 2.5mm; } .sheet .tile { padding: 5px 7px; } .sheet .tile p { font-size: 7.3pt; margin: 0 0 1px; } .sheet .tile .figure b { font-size: 14pt; }
          .sheet table { font-size: 7.6pt; } .sheet th, .sheet td { padding: 2px 4px; } .sheet .table { margin: 2mm 0; }
          .sheet figure { margin: 1.5mm 0; } .sheet .small figure svg { max-height: 46mm; } .sheet caption, .sheet figcaption { font-size: 7.4pt; line-height: 1.3; } .sheet .note { font-size: 7pt; }
          .sheet .box { margin: 2mm 0 0; padding: 1.5mm 3mm; } .sheet .box h4 { font-size: 9pt; margin-bottom: 1mm; } .sheet .box p { font-size: 8pt; margin: 0; }
          * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        }

        """;
}
