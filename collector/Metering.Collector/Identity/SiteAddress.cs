namespace Metering.Collector.Identity;

/// <summary>Where people reach the pages, for links that are handed out.</summary>
/// <param name="PublicUrl">The address that was set, without a slash at its end; null: the one that a request was made to.</param>
internal sealed record SiteAddress(Uri? PublicUrl)
{
    /// <summary>A whole address of a path of this site.</summary>
    public string Link(HttpRequest request, string path) =>
        PublicUrl is null ? $"{request.Scheme}://{request.Host.Value}{path}" : PublicUrl.ToString().TrimEnd('/') + path;
}
