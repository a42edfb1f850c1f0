# A formula for Homebrew, with the places to fill in capitals.
# The resources are written by: brew update-python-resources pullquote
class Pullquote < Formula
  include Language::Python::Virtualenv

  desc "Terminal reader for news that shows who says what"
  homepage "HOMEPAGE"
  url "SDIST"
  sha256 "SHA256"
  license "MIT"

  depends_on "rust" => :build # for the resources that are built
  depends_on "certifi"
  depends_on "libyaml"
  depends_on "numpy"
  depends_on "onnxruntime"
  depends_on "python@3.13"

  # RESOURCES

  def install
    virtualenv_install_with_resources
  end

  test do
    (testpath/"a.txt").write "“We will go,” said Jane Miller, the minister.\n"
    assert_match "Jane Miller", shell_output("#{bin}/pullquote --plain #{testpath}/a.txt")
  end
end
