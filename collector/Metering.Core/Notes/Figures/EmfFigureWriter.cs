using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Metering.Core.Notes.Figures;

/// <summary>
/// A drawing as an Enhanced Metafile ([MS-EMF], header version 0x00010000): the vector image that every word processor of the
/// last twenty years shows, beside the SVG that newer ones prefer. Same bytes for the same drawing.
/// </summary>
public static class EmfFigureWriter
{
    /// <summary>Logical units of the file per unit of the drawing: hairlines and small text keep their shape.</summary>
    private const int Scale = 20;

    // Frame in hundredths of a millimetre; a unit of the drawing is 1/96 inch.
    private const double FrameUnit = 2540.0 / 96;

    private const uint HollowBrush = 0x80000005;
    private const uint NullPen = 0x80000008;

    public static byte[] Write(Drawing drawing)
    {
        ArgumentNullException.ThrowIfNull(drawing);
        var file = new Recorder(drawing);
        file.Begin();
        foreach (var mark in drawing.Marks)
        {
            switch (mark)
            {
                case Line line when line.Points.Count > 1:
                    file.Select(null, line.Stroke);
                    file.Poly(0x04, line.Points);
                    break;
                case Polygon polygon when polygon.Points.Count > 2:
                    file.Select(polygon.Fill, polygon.Stroke);
                    file.Poly(0x03, polygon.Points);
                    break;
                case Boxes boxes:
                    // Not every reader knows hatched brushes: the lines are drawn.
                    var hatched = boxes.Fill is { Hatch: not Hatch.None };
                    file.Select(hatched ? new Fill(Palette.Paper) : boxes.Fill, boxes.Stroke);
                    foreach (var box in boxes.Items)
                    {
                        file.Poly(0x03, [new(box.X, box.Y), new(box.X + box.Width, box.Y), new(box.X + box.Width, box.Y + box.Height), new(box.X, box.Y + box.Height)]);
                    }

                    if (hatched)
                    {
                        file.Select(null, new Stroke(boxes.Fill!.Colour, 1.2));
                        foreach (var line in boxes.Items.SelectMany(box => HatchLines.In(box, boxes.Fill.Hatch)))
                        {
                            file.Poly(0x04, line);
                        }
                    }

                    break;
                case Dots dots:
                    file.Select(dots.Fill, dots.Stroke);
                    foreach (var dot in dots.Items)
                    {
                        file.Ellipse(dot, dots.Radius);
                    }

                    break;
                case Label label:
                    file.Text(label);
                    break;
            }
        }

        return file.End();
    }

    private sealed class Recorder(Drawing drawing)
    {
        private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
        private readonly int _width = Units(drawing.Width);
        private readonly int _height = Units(drawing.Height);
        private uint _records;
        private Fill? _fill;
        private Stroke? _stroke;
        private bool _selected;

        private static int Units(double value) => (int)Math.Round(value * Scale);

        public void Begin()
        {
            var header = new byte[100];
            Put(header, 8, 0, 0, _width - 1, _height - 1);
            Put(header, 24, 0, 0, (int)Math.Round(drawing.Width * FrameUnit), (int)Math.Round(drawing.Height * FrameUnit));
            // " EMF", version; bytes, records and handles are known at the end; device of 320 x 240 mm at 96 x Scale dots an inch.
            Put(header, 40, 0x464D4520, 0x00010000, 0, 0, 3);
            Put(header, 60, 0, 0, 0, (int)Math.Round(320 / 25.4 * 96 * Scale), (int)Math.Round(240 / 25.4 * 96 * Scale), 320, 240, 0, 0, 0);
            Record(0x01, header.AsSpan(8));
            // Anisotropic mapping with equal window and viewport, transparent background, text at its base line, alternate fill.
            Ints(0x11, 8);
            Ints(0x0A, 0, 0);
            Ints(0x09, _width, _height);
            Ints(0x0C, 0, 0);
            Ints(0x0B, _width, _height);
            Ints(0x12, 1);
            Ints(0x13, 1);
        }

        /// <summary>Pen is object 1, brush is object 2; made anew when they change.</summary>
        public void Select(Fill? fill, Stroke? stroke)
        {
            if (_selected && fill == _fill && stroke == _stroke)
            {
                return;
            }

            Release();
            if (stroke is null)
            {
                Ints(0x25, unchecked((int)NullPen));
            }
            else
            {
                var style = stroke.Dash switch { Dash.Dashed => 1, Dash.Dotted => 2, Dash.DashDot => 3, _ => 0 };
                // A cosmetic dash needs a pen one dot wide; a geometric one keeps its width.
                var width = Math.Max(1, Units(stroke.Width));
                Ints(0x5F, 1, 0, 0, 0, 0, 0x00010000 | style, width, 0, Colour(stroke.Colour), 0, 0);
                Ints(0x25, 1);
            }

            if (fill is null)
            {
                Ints(0x25, unchecked((int)HollowBrush));
            }
            else
            {
                var hatch = fill.Hatch switch { Hatch.Falling => 2, Hatch.Rising => 3, Hatch.Cross => 4, _ => 0 };
                Ints(0x27, 2, fill.Hatch == Hatch.None ? 0 : 2, Colour(fill.Colour), hatch);
                Ints(0x25, 2);
            }

            (_fill, _stroke, _selected) = (fill, stroke, true);
        }

        public void Poly(int kind, IReadOnlyList<Dot> points)
        {
            var body = new byte[20 + 8 * points.Count];
            var (left, top) = ((int)Math.Round(points.Min(p => p.X) * Scale), (int)Math.Round(points.Min(p => p.Y) * Scale));
            Put(body, 0, left, top, (int)Math.Round(points.Max(p => p.X) * Scale), (int)Math.Round(points.Max(p => p.Y) * Scale), points.Count);
            for (var i = 0; i < points.Count; i++)
            {
                Put(body, 20 + 8 * i, Units(points[i].X), Units(points[i].Y));
            }

            Record((uint)kind, body);
        }

        public void Ellipse(Dot centre, double radius) =>
            Ints(0x2A, Units(centre.X - radius), Units(centre.Y - radius), Units(centre.X + radius), Units(centre.Y + radius));

        public void Text(Label label)
        {
            Release();
            Font(label);
            Ints(0x25, 1);
            Ints(0x18, Colour(label.Colour));
            // Align at the base line (24), to the left (0), right (2) or centre (6).
            Ints(0x16, 24 | label.Anchor switch { Anchor.Middle => 6, Anchor.End => 2, _ => 0 });
            var text = Encoding.Unicode.GetBytes(label.Text);
            var padded = (text.Length + 3) / 4 * 4;
            var count = label.Text.Length;
            var body = new byte[68 + padded + 4 * count];
            Put(body, 0, 0, 0, -1, -1, 1);
            BinaryPrimitives.WriteSingleLittleEndian(body.AsSpan(20), 1);
            BinaryPrimitives.WriteSingleLittleEndian(body.AsSpan(24), 1);
            Put(body, 28, Units(label.X), Units(label.Y), count, 76, 0, 0, 0, -1, -1, 76 + padded);
            text.CopyTo(body, 68);
            for (var i = 0; i < count; i++)
            {
                Put(body, 68 + padded + 4 * i, Units(GlyphWidths.Of(label.Text[i], label.Size, label.Bold)));
            }

            Record(0x54, body);
            Release();
            Ints(0x28, 1);
        }

        public byte[] End()
        {
            Release();
            Ints(0x0E, 0, 16, 20);
            var bytes = _bytes.WrittenSpan.ToArray();
            Put(bytes, 48, bytes.Length, unchecked((int)_records));
            // Handles, of which the first is the file itself.
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(56), 3);
            return bytes;
        }

        private void Font(Label label)
        {
            var body = new byte[4 + 92 + 228];
            var turn = label.Turned ? 900 : 0;
            Put(body, 0, 1, -Units(label.Size), 0, turn, turn, label.Bold ? 700 : 400);
            Encoding.Unicode.GetBytes("Arial").CopyTo(body, 4 + 28);
            Record(0x52, body);
        }

        private void Release()
        {
            if (!_selected)
            {
                return;
            }

            Ints(0x25, unchecked((int)NullPen));
            Ints(0x25, unchecked((int)HollowBrush));
            if (_stroke is not null)
            {
                Ints(0x28, 1);
            }

            if (_fill is not null)
            {
                Ints(0x28, 2);
            }

            _selected = false;
        }

        private static int Colour(string hex) =>
            Convert.ToInt32(hex[1..3], 16) | Convert.ToInt32(hex[3..5], 16) << 8 | Convert.ToInt32(hex[5..7], 16) << 16;

        private void Ints(uint kind, params ReadOnlySpan<int> values)
        {
            var body = new byte[4 * values.Length];
            Put(body, 0, values);
            Record(kind, body);
        }

        private void Record(uint kind, ReadOnlySpan<byte> body)
        {
            Span<byte> head = stackalloc byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(head, kind);
            BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)(8 + body.Length));
            _bytes.Write(head);
            _bytes.Write(body);
            _records++;
        }

        private static void Put(byte[] bytes, int offset, params ReadOnlySpan<int> values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset + 4 * i), values[i]);
            }
        }
    }
}
