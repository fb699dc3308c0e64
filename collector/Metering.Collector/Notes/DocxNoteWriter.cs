using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Notes;

/// <summary>
/// A note as a Word document that people edit: real headings, numbered captions as fields, tables with repeated heads,
/// figures as SVG with an EMF beside it for programs that do not read SVG.
/// </summary>
public static class DocxNoteWriter
{
    public static void Write(NoteDocument document, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        using var package = new MemoryStream();
        using (var word = WordprocessingDocument.Create(package, WordprocessingDocumentType.Document))
        {
            new Writer(document, word).Write();
        }

        package.Position = 0;
        DeterministicZip.Rewrite(package, stream, "[Content_Types].xml");
    }

    private sealed class Writer(NoteDocument note, WordprocessingDocument word)
    {
        private const double SmallFigureHeightMm = 46;
        private const double PhotoWidthMm = 120;
        private const double PhotoHeightMm = 70;
        private const double LogoWidthMm = 42;
        private const double LogoHeightMm = 14;

        /// <summary>Ids of drawings are one sequence in a document: pictures come after all figures.</summary>
        private const uint PictureIdBase = 10_000;

        private int _pictures;
        private readonly NoteNumbers _numbers = new(note.Language);
        private readonly Body _body = new();
        private MainDocumentPart _main = null!;

        public void Write()
        {
            _main = word.AddMainDocumentPart();
            word.ChangeIdOfPart(_main, "main");
            _main.AddNewPart<StyleDefinitionsPart>("styles").Styles = DocxStyles.Create(note.Language, note.OnePage);
            _main.AddNewPart<DocumentSettingsPart>("settings").Settings = new Settings(new Compatibility(
                new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }));
            Cover();
            foreach (var section in note.Sections)
            {
                Section(section);
            }

            _body.Append(Page());
            _main.Document = new Document(_body);
        }

        private void Cover()
        {
            _body.Append(Styled("Kind", note.Title), Styled(note.OnePage ? "Heading1" : "Title", note.Subtitle));
            if (note.OnePage)
            {
                _body.Append(Styled("Remark", string.Join(" · ", note.Cover.Select(l => l.Name + note.Language.Of(" : ", ": ") + l.Text))));
            }
            else
            {
                foreach (var line in note.Cover)
                {
                    _body.Append(new Paragraph(Bold(line.Name + note.Language.Of(" : ", ": ")), Run(line.Text)));
                }
            }

            foreach (var photo in note.Images.Where(i => i.Role == NoteImage.Photo && !note.OnePage))
            {
                _body.Append(new Paragraph(Picture(photo, note.Subtitle, PhotoWidthMm, PhotoHeightMm)));
            }

            foreach (var mention in note.Mentions)
            {
                _body.Append(Styled("Remark", mention));
            }

            var logos = note.Images.Where(i => i.Role == NoteImage.Logo).ToList();
            if (logos.Count > 0)
            {
                _body.Append(new Paragraph(logos.SelectMany(l => new[] { Picture(l, Path.GetFileNameWithoutExtension(l.File), LogoWidthMm, note.OnePage ? LogoHeightMm / 2 : LogoHeightMm), Run("  ") })));
            }
        }

        private Run Picture(NoteImage image, string description, double widthMaxMm, double heightMaxMm)
        {
            var id = ++_pictures;
            var relation = "image" + id.ToString(CultureInfo.InvariantCulture);
            var part = _main.AddImagePart(image.MediaType == "image/png" ? ImagePartType.Png : ImagePartType.Jpeg, relation);
            using (var data = new MemoryStream(image.Bytes.ToArray()))
            {
                part.FeedData(data);
            }

            var scale = Math.Min(widthMaxMm / image.WidthPx, heightMaxMm / image.HeightPx);
            return new Run(DocxDrawing.Inline(PictureIdBase + (uint)id, image.File, description, relation, image.WidthPx * scale, image.HeightPx * scale));
        }

        private void Section(NoteSection section)
        {
            var heading = Styled(section.Level == 1 ? "Heading1" : "Heading2", (section.Number + " " + section.Title).Trim());
            if (section.NewPage)
            {
                heading.ParagraphProperties!.Append(new PageBreakBefore());
            }

            _body.Append(heading);
            foreach (var block in section.Blocks)
            {
                Block(block);
            }
        }

        private void Block(NoteBlock block)
        {
            switch (block)
            {
                case ParagraphBlock paragraph:
                    _body.Append(new Paragraph(Run(paragraph.Text)));
                    break;
                case ListBlock list:
                    foreach (var item in list.Items)
                    {
                        _body.Append(Styled("ListItem", "– " + item));
                    }

                    break;
                case MissingBlock missing:
                    _body.Append(Styled("Missing", missing.Text));
                    break;
                case BoxBlock box:
                    _body.Append(Styled("BoxTitle", box.Title));
                    foreach (var line in box.Lines)
                    {
                        _body.Append(Styled("Box", line));
                    }

                    break;
                case TilesBlock tiles:
                    _body.Append(TileTable(tiles), new Paragraph());
                    break;
                case TableBlock table:
                    Table(table.Table);
                    break;
                case FigureBlock figure:
                    _body.Append(Figure(figure.Figure, DocxDrawing.TextWidthMm));
                    break;
                case SmallFiguresBlock group:
                    foreach (var small in group.Figures)
                    {
                        _body.Append(Figure(small, Math.Min(DocxDrawing.TextWidthMm, SmallFigureHeightMm * small.Drawing.Width / small.Drawing.Height)));
                    }

                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, "Unknown block.");
            }
        }

        private void Table(NoteTable table)
        {
            _body.Append(Caption(note.Language.Of("Tableau", "Table"), table.Number, table.Caption, keepWithNext: true));
            var wide = table.Columns.Count > 8;
            var rows = new Table(DocxStyles.TableProperties(), new TableGrid(table.Columns.Select(_ => new GridColumn())));
            var head = new TableRow(new TableRowProperties(new CantSplit(), new TableHeader()));
            for (var i = 0; i < table.Columns.Count; i++)
            {
                var column = table.Columns[i];
                head.Append(Cell(column.Unit.Length > 0 ? $"{column.Heading} ({column.Unit})" : column.Heading, HtmlNoteWriter.IsNumeric(table, i), true, false, wide));
            }

            rows.Append(head);
            foreach (var row in table.Rows)
            {
                rows.Append(new TableRow(
                    [new TableRowProperties(new CantSplit()),
                    .. row.Select((cell, i) => Cell(HtmlNoteWriter.CellText(cell, _numbers), HtmlNoteWriter.IsNumeric(table, i), i == 0, cell.Doubtful, wide))]));
            }

            _body.Append(rows);
            foreach (var remark in table.Remarks)
            {
                _body.Append(Styled("Remark", remark));
            }

            _body.Append(Styled("Remark", note.Language.Of("Source : ", "Source: ") + table.Source + "."));
        }

        private Table TileTable(TilesBlock tiles)
        {
            var row = new TableRow(new TableRowProperties(new CantSplit()));
            foreach (var tile in tiles.Tiles)
            {
                var figure = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "TileFigure" }),
                    Run(HtmlNoteWriter.CellText(tile.Figure, _numbers) + (tile.Figure.IsNumber ? NoteNumbers.Gap + tile.Unit : "")));
                row.Append(new TableCell(
                    Styled("Tile", tile.Name), figure, Styled("Tile", tile.Remark), Styled("Tile", tile.Target),
                    new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "Tile" }), Bold(tile.Verdict))));
            }

            return new Table(DocxStyles.TableProperties(boxed: true), new TableGrid(tiles.Tiles.Select(_ => new GridColumn())), row);
        }

        private static TableCell Cell(string text, bool right, bool bold, bool grey, bool small)
        {
            var run = bold ? Bold(text) : Run(text);
            run.RunProperties ??= new RunProperties();
            if (grey)
            {
                run.RunProperties.Append(new Italic(), new Color { Val = "6F7B85" });
            }

            if (small)
            {
                run.RunProperties.Append(new FontSize { Val = "14" });
            }

            return new TableCell(new Paragraph(
                new ParagraphProperties(
                    new ParagraphStyleId { Val = "Cell" }, new Justification { Val = right ? JustificationValues.Right : JustificationValues.Left }),
                run));
        }

        private Paragraph[] Figure(NoteFigure figure, double widthMm)
        {
            var n = figure.Number.ToString(CultureInfo.InvariantCulture);
            var emf = _main.AddImagePart(ImagePartType.Emf, "emf" + n);
            using (var data = new MemoryStream(EmfFigureWriter.Write(figure.Drawing)))
            {
                emf.FeedData(data);
            }

            var svg = _main.AddImagePart(ImagePartType.Svg, "svg" + n);
            using (var data = new MemoryStream(Encoding.UTF8.GetBytes(
                SvgFigureWriter.Write(figure.Drawing, "f" + n, figure.Caption, figure.Description, standalone: true))))
            {
                svg.FeedData(data);
            }

            var picture = new Paragraph(new ParagraphProperties(new KeepNext()), new Run(DocxDrawing.Inline(figure, "emf" + n, "svg" + n, widthMm)));
            var caption = Caption("Figure", figure.Number, figure.Caption + ". ", keepWithNext: false);
            caption.Append(Run(HtmlNoteWriter.FactsText(figure.Facts, note.Language)));
            return [picture, caption];
        }

        /// <summary>A numbered caption whose number is a field: Word's own lists of tables and figures find it.</summary>
        private static Paragraph Caption(string name, int number, string text, bool keepWithNext)
        {
            var properties = new ParagraphProperties(new ParagraphStyleId { Val = "Caption" });
            if (keepWithNext)
            {
                properties.Append(new KeepNext());
            }

            return new Paragraph(
                properties,
                Bold(name + "\u00a0"),
                new SimpleField(Bold(number.ToString(CultureInfo.InvariantCulture))) { Instruction = $" SEQ {name} \\* ARABIC " },
                Bold(". "),
                Run(text));
        }

        private SectionProperties Page()
        {
            var head = _main.AddNewPart<HeaderPart>("head");
            head.Header = new Header(Styled("HeadFoot", note.Mark));
            var foot = _main.AddNewPart<FooterPart>("foot");
            foot.Footer = new Footer(Styled("HeadFoot", note.MentionLine), new Paragraph(
                new ParagraphProperties(new ParagraphStyleId { Val = "HeadFoot" }),
                Run(note.Footer + " · "), new SimpleField(Run("1")) { Instruction = " PAGE " }, Run(" / "), new SimpleField(Run("1")) { Instruction = " NUMPAGES " }));
            return new SectionProperties(
                new HeaderReference { Type = HeaderFooterValues.Default, Id = "head" },
                new FooterReference { Type = HeaderFooterValues.Default, Id = "foot" },
                new PageSize { Width = 11906, Height = 16838 },
                new PageMargin { Top = 1134, Bottom = 1134, Left = 964, Right = 964, Header = 510, Footer = 510 });
        }

        private static Paragraph Styled(string style, string text) =>
            new(new ParagraphProperties(new ParagraphStyleId { Val = style }), Run(text));

        private static Run Run(string text) => new(new Text(XmlText.Clean(text)) { Space = SpaceProcessingModeValues.Preserve });

        private static Run Bold(string text) =>
            new(new RunProperties(new Bold()), new Text(XmlText.Clean(text)) { Space = SpaceProcessingModeValues.Preserve });
    }
}
