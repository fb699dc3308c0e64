using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Notes;

/// <summary>Paragraph and table styles of the Word document; whoever edits it changes the look in one place.</summary>
internal static class DocxStyles
{
    private const string Ink = "1B2733";
    private const string Soft = "5B6B78";
    private const string Blue = "0B5C92";

    /// <param name="language">Language of the spelling checker.</param>
    /// <param name="tight">Smaller type and less space: the whole document has to fit on one page.</param>
    public static Styles Create(Language language, bool tight = false)
    {
        var styles = new Styles(new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = "Arial", HighAnsi = "Arial", ComplexScript = "Arial" },
                new Color { Val = Ink }, new FontSize { Val = "20" },
                new Languages { Val = language.Of("fr-FR", "en-GB") })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(
                new SpacingBetweenLines { After = "120", Line = "264", LineRule = LineSpacingRuleValues.Auto }))));
        styles.Append(Paragraph("Normal", "Normal", isDefault: true));
        styles.Append(Paragraph("Kind", "Note kind", size: 22, bold: true, colour: Blue, after: 40));
        styles.Append(Paragraph("Title", "Title", size: 52, bold: true, after: 240));
        styles.Append(Paragraph("Heading1", "heading 1", size: 32, bold: true, colour: Blue, before: 360, after: 120, outline: 0));
        styles.Append(Paragraph("Heading2", "heading 2", size: 25, bold: true, before: 280, after: 80, outline: 1));
        styles.Append(Paragraph("Caption", "caption", size: 18, before: 160, after: 80));
        styles.Append(Paragraph("Remark", "Remark", size: 16, colour: Soft, after: 60));
        styles.Append(Paragraph("Missing", "Missing data", size: 19, colour: "5D3408", before: 80));
        styles.Append(Paragraph("BoxTitle", "Box title", size: 21, bold: true, before: 160, after: 40, box: true));
        styles.Append(Paragraph("Box", "Box", after: 40, box: true));
        styles.Append(Paragraph("ListItem", "List item", after: 60));
        styles.Append(Paragraph("Cell", "Table cell", size: 16, before: 30, after: 30));
        styles.Append(Paragraph("Tile", "Tile", size: 16, after: 40));
        styles.Append(Paragraph("TileFigure", "Tile figure", size: 32, bold: true, after: 40));
        if (tight)
        {
            Tighten(styles);
        }

        styles.Append(Paragraph("HeadFoot", "Header and footer", size: 15, colour: Soft, after: 0));
        return styles;
    }

    private static void Tighten(Styles styles)
    {
        foreach (var spacing in styles.Descendants<SpacingBetweenLines>())
        {
            if (spacing.Before is { } before)
            {
                spacing.Before = Scaled(before, 1, 3);
            }

            if (spacing.After is { } after)
            {
                spacing.After = Scaled(after, 1, 3);
            }

            if (spacing.Line is not null)
            {
                spacing.Line = "240";
            }
        }

        foreach (var size in styles.Descendants<FontSize>())
        {
            size.Val = Scaled(size.Val!, 5, 6);
        }

        static string Scaled(StringValue value, int times, int over) =>
            (int.Parse(value!, System.Globalization.CultureInfo.InvariantCulture) * times / over).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <param name="boxed">Lines around every cell.</param>
    public static TableProperties TableProperties(bool boxed = false)
    {
        var line = boxed ? BorderValues.Single : BorderValues.None;
        return new TableProperties(
            new TableWidth { Type = TableWidthUnitValues.Pct, Width = "5000" },
            new TableBorders(
                new TopBorder { Val = BorderValues.Single, Size = 8, Color = Ink },
                new LeftBorder { Val = line, Size = 4, Color = "D3DBE1" },
                new BottomBorder { Val = BorderValues.Single, Size = 4, Color = "D3DBE1" },
                new RightBorder { Val = line, Size = 4, Color = "D3DBE1" },
                new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4, Color = "D3DBE1" },
                new InsideVerticalBorder { Val = line, Size = 4, Color = "D3DBE1" }),
            new TableCellMarginDefault(
                new TableCellLeftMargin { Width = 70, Type = TableWidthValues.Dxa },
                new TableCellRightMargin { Width = 70, Type = TableWidthValues.Dxa }));
    }

    private static Style Paragraph(
        string id, string name, int size = 0, bool bold = false, string? colour = null, int before = -1, int after = -1, int outline = -1,
        bool box = false, bool isDefault = false)
    {
        var paragraph = new StyleParagraphProperties();
        if (outline >= 0)
        {
            paragraph.Append(new KeepNext());
        }

        if (box)
        {
            paragraph.Append(new ParagraphBorders(new LeftBorder { Val = BorderValues.Single, Size = 24, Space = 8, Color = Soft }));
        }

        if (before >= 0 || after >= 0)
        {
            var spacing = new SpacingBetweenLines();
            if (before >= 0)
            {
                spacing.Before = before.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            if (after >= 0)
            {
                spacing.After = after.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            paragraph.Append(spacing);
        }

        if (outline >= 0)
        {
            paragraph.Append(new OutlineLevel { Val = outline });
        }

        var run = new StyleRunProperties();
        if (bold)
        {
            run.Append(new Bold());
        }

        if (colour is not null)
        {
            run.Append(new Color { Val = colour });
        }

        if (size > 0)
        {
            run.Append(new FontSize { Val = size.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        }

        var style = new Style(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id, Default = isDefault ? OnOffValue.FromBoolean(true) : null };
        if (!isDefault)
        {
            style.Append(new BasedOn { Val = "Normal" });
        }

        style.Append(new PrimaryStyle(), paragraph, run);
        return style;
    }
}
