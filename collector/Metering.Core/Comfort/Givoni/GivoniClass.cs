namespace Metering.Core.Comfort.Givoni;

/// <summary>What kind of place a point has among the zones.</summary>
public enum GivoniPlace
{
    /// <summary>No valid temperature or humidity.</summary>
    NotMeasured = 0,

    /// <summary>In the zone of <see cref="GivoniClass.ZoneIndex"/>.</summary>
    Zone = 1,

    /// <summary>Colder than the zones begin: overcooled by air conditioning, or altitude.</summary>
    TooCold = 2,

    /// <summary>Too hot, too humid or too dry for every zone.</summary>
    Outside = 3,
}

/// <summary>Place of one point.</summary>
public readonly record struct GivoniClass
{
    private GivoniClass(GivoniPlace place, int zoneIndex)
    {
        Place = place;
        ZoneIndex = zoneIndex;
    }

    public GivoniPlace Place { get; }

    /// <summary>Index into <see cref="GivoniZones.Zones"/> of the lowest air speed that is enough; −1 outside of them.</summary>
    public int ZoneIndex { get; }

    internal static GivoniClass NotMeasured => new(GivoniPlace.NotMeasured, -1);
    internal static GivoniClass TooCold => new(GivoniPlace.TooCold, -1);
    internal static GivoniClass Outside => new(GivoniPlace.Outside, -1);

    internal static GivoniClass InZone(int index) => new(GivoniPlace.Zone, index);
}
