using Microsoft.Playwright;

namespace Metering.Browser.Tests.Browser;

/// <summary>Starts the distribution's Chromium: nothing is downloaded, and nothing that it does leaves this machine.</summary>
internal static class Chromium
{
    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Launches it without a window.</summary>
    /// <exception cref="InvalidOperationException">There is none; tests/install-servers.sh installs one.</exception>
    internal static Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        var program = Array.Find(Programs, File.Exists)
            ?? throw new InvalidOperationException("No Chromium is installed; tests/install-servers.sh installs one.");
        return playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Headless = true, Args = Flags });
    }
}
