namespace Metering.Core.Notes.Dossier;

/// <summary>A picture that people give: a photograph of the building, the logo of a funder.</summary>
/// <param name="Role">photo or logo.</param>
/// <param name="File">Name of the file.</param>
/// <param name="MediaType">image/png or image/jpeg.</param>
/// <param name="Bytes">The file as it is.</param>
/// <param name="WidthPx">Width, pixels.</param>
/// <param name="HeightPx">Height, pixels.</param>
public sealed record NoteImage(string Role, string File, string MediaType, ReadOnlyMemory<byte> Bytes, int WidthPx, int HeightPx)
{
    public const string Photo = "photo";
    public const string Logo = "logo";
}
