namespace Metering.Collector.Api;

/// <summary>Bounds of requests and answers.</summary>
internal static class ApiLimits
{
    /// <summary>Entries of a page unless asked otherwise.</summary>
    public const int PageDefault = 100;

    /// <summary>Most entries of a page of a list.</summary>
    public const int PageMax = 1000;

    /// <summary>Readings of a page unless asked otherwise.</summary>
    public const int ReadingsDefault = 1000;

    /// <summary>Most readings, intervals or profile values of a page.</summary>
    public const int ReadingsMax = 10_000;

    /// <summary>Readings of a channel that one answer is computed from: six years at ten minutes.</summary>
    public const int ReadingsReadMax = 320_000;

    /// <summary>Bytes of a body.</summary>
    public const int BodyBytesMax = 4 << 20;

    /// <summary>Characters of a reason or a name.</summary>
    public const int TextCharactersMax = 1000;
}
