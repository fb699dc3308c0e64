using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Office2019.Drawing.SVG;
using DocumentFormat.OpenXml.Wordprocessing;
using Metering.Core.Notes.Document;
using A = DocumentFormat.OpenXml.Drawing;
using Pic = DocumentFormat.OpenXml.Drawing.Pictures;
using Wp = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace Metering.Collector.Notes;

/// <summary>A picture within a line of text, with its description for screen readers.</summary>
internal static class DocxDrawing
{
    /// <summary>Width of the text, mm.</summary>
    public const double TextWidthMm = 176;

    private const double EmuPerMm = 36000;

    /// <summary>A figure of the note: SVG, and EMF for programs that do not read it.</summary>
    public static Drawing Inline(NoteFigure figure, string emf, string svg, double widthMm)
    {
        var blip = new A.Blip(
            new A.BlipExtensionList(new A.BlipExtension(new SVGBlip { Embed = svg }) { Uri = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}" }))
        {
            Embed = emf,
        };
        return Inline((uint)figure.Number, figure.Key, figure.Caption, figure.Description, blip, widthMm, widthMm * figure.Drawing.Height / figure.Drawing.Width);
    }

    /// <summary>A picture that people gave.</summary>
    public static Drawing Inline(uint id, string name, string description, string relation, double widthMm, double heightMm) =>
        Inline(id, name, description, description, new A.Blip { Embed = relation }, widthMm, heightMm);

    private static Drawing Inline(uint id, string name, string title, string description, A.Blip blip, double widthMm, double heightMm)
    {
        var (width, height) = ((long)Math.Round(widthMm * EmuPerMm), (long)Math.Round(heightMm * EmuPerMm));
        var picture = new Pic.Picture(
            new Pic.NonVisualPictureProperties(
                new Pic.NonVisualDrawingProperties { Id = id, Name = XmlText.Clean(name) },
                new Pic.NonVisualPictureDrawingProperties()),
            new Pic.BlipFill(blip, new A.Stretch(new A.FillRectangle())),
            new Pic.ShapeProperties(
                new A.Transform2D(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = width, Cy = height }),
                new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle }));
        return new Drawing(new Wp.Inline(
            new Wp.Extent { Cx = width, Cy = height },
            new Wp.EffectExtent { LeftEdge = 0, TopEdge = 0, RightEdge = 0, BottomEdge = 0 },
            new Wp.DocProperties { Id = id, Name = XmlText.Clean(name), Title = XmlText.Clean(title), Description = XmlText.Clean(description) },
            new Wp.NonVisualGraphicFrameDrawingProperties(new A.GraphicFrameLocks { NoChangeAspect = true }),
            new A.Graphic(new A.GraphicData(picture) { Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture" }))
        {
            DistanceFromTop = 0,
            DistanceFromBottom = 0,
            DistanceFromLeft = 0,
            DistanceFromRight = 0,
        });
    }
}
